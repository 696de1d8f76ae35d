/// Restoring: from a manifest back to a disk, as a whole or wherever somebody reads.
///
/// To restore a whole disk, the *owner* walks the manifest's leaves; *workers* fill *windows* with the content of
/// their chunks, which checks every byte; the owner writes them to the *target*. A target that is a new file grows
/// under a temporary name beside the one it is to get, keeps its holes, and gets its name when it is complete and
/// synced. A file or block device that is there already is written in place.
///
/// A target may *hold* something that is compared block by block, and is left alone where it is right: a disk that
/// is restored in place, or what a restore has written that was killed. Content that is damaged ends a restore, or
/// is *given up* and named where that was asked for.
///
/// A *manifest disk* is the disk itself, to be read anywhere without being restored first.
@NullMarked
package io.diskvault.engine.restore;

import org.jspecify.annotations.NullMarked;
