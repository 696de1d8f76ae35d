/// Backup policies: when disks are backed up and how long recovery points are kept. A change makes a new version, which
/// counts for points made from then on.
@NullMarked
package io.diskvault.policy;

import org.jspecify.annotations.NullMarked;
