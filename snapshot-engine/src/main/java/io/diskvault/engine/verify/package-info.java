/// Verifying: is everything still there that recovery points need, and is it what was stored?
///
/// A *verification* reads what a restore reads, in the same order (records, index, packs), and says what is wrong as
/// *findings*: which file, how, and which parts of which recovery points cannot be restored because of it. A
/// *structure* verification reads everything but the content of disks; a *full* one reads every byte, and opens every
/// chunk that a recovery point needs, once for each place, in the order in which they lie.
///
/// How it goes: 1. every index fragment is read as a whole. 2. The manifests of all points are walked; what is shared
/// is walked once; the entries of all chunks they name are marked (*live*). 3. The packs are read one after the other,
/// by several workers: the table is compared with the index, the chunks with their checksums, live ones are opened;
/// the entries that hold are marked (*good*). 4. Only if something was found: the manifests are walked again, and
/// every chunk without a good place is counted against its recovery point, and the problem that is to blame. Where
/// nothing is wrong below a node, that is marked, and the next point that shares it leaves it out. So memory is two
/// bits for each entry of the index, at any number of points, and time is that of reading everything once.
///
/// It may overlap with everything. Packs that are swept and points that are removed meanwhile are no findings: what
/// cannot be found where the index said is looked up in the index of now, and of a point that is gone nothing is said.
/// An error of the storage (*unreadable*) is not damage: what cannot be read today may be whole.
///
/// The *lists of damaged places* are what a full verification leaves behind. Backups rely on no place in them, so the
/// next backup of the same content stores it anew, which heals all points that use it; restores try these places
/// last. Each full verification puts one list in place of all that it has read, so a list grows with the damage that
/// there is, not with time. Losing a list costs nothing but another verification.
@NullMarked
package io.diskvault.engine.verify;

import org.jspecify.annotations.NullMarked;
