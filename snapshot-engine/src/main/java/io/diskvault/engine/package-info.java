/// The snapshot engine: everything that touches the bytes of disks and datastores.
///
/// This package holds what can go wrong, as one sealed family of checked exceptions, because every other package of
/// the engine speaks it. The door to everything else is `io.diskvault.engine.datastore`.
///
/// The packages build on each other in one direction only:
///
/// ```
/// datastore → backup, restore, collect → manifest → store → index, lease → pack → chunk → key → format, storage
///             nbd, overlay, backup → source → posix          storage → posix
/// ```
///
/// The engine knows no framework and no database, and it never reads a clock: times come in requests.
@NullMarked
package io.diskvault.engine;

import org.jspecify.annotations.NullMarked;
