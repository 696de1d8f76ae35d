/// What recovery points take.
///
/// **Logical** is the size of the disks. **Used** is what Azure would bill: the oldest recovery point of an instance
/// counts what is used of its disk, each later one what had changed since the one before it. **Stored** is by how much
/// the datastore grew when the points were made: compressed, and without what it held already.
@NullMarked
package io.diskvault.storage;

import org.jspecify.annotations.NullMarked;
