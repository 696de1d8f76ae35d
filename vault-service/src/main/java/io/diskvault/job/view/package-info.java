/// What can be asked about jobs.
@NullMarked
package io.diskvault.job.view;

import org.jspecify.annotations.NullMarked;
