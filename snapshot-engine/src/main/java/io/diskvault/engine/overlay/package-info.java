/// Changes to a disk that itself never changes.
///
/// An *overlay* is one file beside a *base*, a disk that is only read. What is written goes to the overlay, and what
/// is read comes from there if it was ever written, and from the base if it was not. The disk is cut into *blocks*;
/// the overlay knows the *state* of each: as in the base, written, or zeros. The decision on writable exports in
/// `docs/adr` shows the file's bytes and says why a crash loses nothing that was flushed.
///
/// Reads, writes and flushes may overlap. A block's state says that it was written only after its content was, and
/// reaches the storage only after its content has; so nobody ever sees what an earlier life of the file left at a
/// place.
@NullMarked
package io.diskvault.engine.overlay;

import org.jspecify.annotations.NullMarked;
