/// Runs restore tests: a recovery point is restored into a scratch file, read back and compared with its manifest,
/// checked, and thrown away. A run that was killed leaves a file that names its job; the job's next attempt removes it,
/// or the sweep when there is none.
@NullMarked
package io.diskvault.restore.proof;

import org.jspecify.annotations.NullMarked;
