/// Leases and epochs: how those who use a datastore and the collector that deletes from it stay out of each other's
/// way, in any number of processes, without clocks and without one big lock.
///
/// The *epoch* of a datastore is a number that only grows, by exclusive creation of the next *epoch file*. An epoch
/// file lists the packs that are *condemned*: nothing new may rely on them, and they are deleted once nobody is left
/// who does. A *lease* says that somebody is at work and which epoch it knows. Its file is locked by the operating
/// system as long as its owner lives, so a dead owner is known by its free lock, not by its age; a lease therefore
/// never has to survive a power cut, and is not synced.
///
/// The rules that all safety rests on (ADR 5 argues why they suffice):
///
/// 1. Whoever takes a lease looks at the epoch again afterwards, and starts over when it has moved. Whoever creates
///    an epoch looks at the leases afterwards. So at least one of two that meet sees the other.
/// 2. Who *relies on places* (backups, collectors, rebuilding) at epoch n counts only on packs that it wrote itself,
///    or that it saw existing after it took its lease and that epoch n does not condemn.
/// 3. What epoch n condemns is deleted only while no lease that relies on places is of an epoch before n.
/// 4. Every pack that epoch n condemns and that still exists is condemned by epoch n + 1, too.
///
/// Those who only read hold a lease as well, with the tree that they read; collectors keep its chunks, if not their
/// places: a reader who finds a pack gone looks into the index again. So readers keep no collector waiting.
@NullMarked
package io.diskvault.engine.lease;

import org.jspecify.annotations.NullMarked;
