/// Datastores: where the recovery points of disks are kept. The door to the engine.
///
/// A *datastore* is a directory with one *data key*, one *chunk size* and an id; a *key file*, kept elsewhere, or a
/// *passphrase* opens it. For each of them it holds a *sealed key*: the data key, sealed with it.
///
/// A *recovery point* is one restorable state of one disk, and exists from the moment that its *record* has its
/// name. A backup's *base* is the newest recovery point of the same disk from the same *source id*.
///
/// What may overlap, and why that is safe:
///
/// - Backups of any disks, in one process or several, with each other. A backup reuses only chunks that published
///   index fragments name, and those are durable; it never counts on another backup's unfinished packs.
/// - Two backups for one recovery point id: the record is created exclusively. One commits, the other finds the
///   record and *adopts* it.
/// - Restores and listings with everything. Files never change once they have their names. A reader reads the record
///   first and the index afterwards, a writer publishes the index fragment first and the record afterwards; so
///   whoever sees a record finds all its chunks.
/// - Two restores to one file or device, or to one unfinished file: the second is refused, by a lock that ends with
///   its owner. Comparing two points with everything, like two restores.
/// - Open points ([PointDisk]) with everything, like restores: they hold the same lease, for as long as they are open.
/// - Removing a recovery point with backups and restores: only the record goes. Chunks stay until they are collected,
///   also those of a base that is removed while it is used.
/// - Collecting with everything, by the rules of `io.diskvault.engine.lease`; of two collections at once one gives
///   up.
/// - Adding, changing and removing keys with everything, and with each other: see [DatastoreKeys].
///
/// The order of a backup's writes is packs, their directories, index fragment, its directory, record, its
/// directories, each synced before the next begins. Whatever a crash leaves is either a complete recovery point or
/// files that nothing refers to.
@NullMarked
package io.diskvault.engine.datastore;

import org.jspecify.annotations.NullMarked;
