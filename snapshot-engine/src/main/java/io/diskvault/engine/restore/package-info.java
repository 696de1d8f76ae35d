/// Restoring: from a manifest back to a disk, as a whole or wherever somebody reads.
///
/// To restore a whole disk, the *owner* walks the manifest's leaves; *workers* read their chunks, which checks every
/// byte, and write them to the *target*. A target that is a file grows under a temporary name beside the one it is to
/// get, keeps its holes, and gets its name when it is complete and synced. A target that is a block device is written
/// in place.
///
/// A *manifest disk* is the disk itself, to be read anywhere without being restored first.
@NullMarked
package io.diskvault.engine.restore;

import org.jspecify.annotations.NullMarked;
