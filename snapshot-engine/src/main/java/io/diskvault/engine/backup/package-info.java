/// Backing up: from the blocks of a source to the chunks of a manifest.
///
/// The *owner* asks the source for extents, gives each leaf's share of them to a *worker* as one *step*, and builds
/// the manifest from the results in order. A worker reads, leaves zero blocks out, names the others, compares them
/// with the *base* (an earlier manifest of the same disk), and stores what differs. The base only saves work: what it
/// says is never taken for what the disk holds now, since every extent is read.
///
/// Nothing here makes anything durable or visible; the chunk writer does, when it is committed.
@NullMarked
package io.diskvault.engine.backup;

import org.jspecify.annotations.NullMarked;
