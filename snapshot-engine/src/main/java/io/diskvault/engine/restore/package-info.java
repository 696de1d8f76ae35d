/// Restoring: from a manifest back to a disk.
///
/// The *owner* walks the manifest's leaves; *workers* read their chunks, which checks every byte, and write them to
/// the *target*. A target that is a file grows under a temporary name beside the one it is to get, keeps its holes,
/// and gets its name when it is complete and synced. A target that is a block device is written in place.
@NullMarked
package io.diskvault.engine.restore;

import org.jspecify.annotations.NullMarked;
