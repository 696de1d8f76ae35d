/// Packs: files that hold many sealed chunks, and say by themselves which.
///
/// A pack is `header | sealed chunks | table | footer`. The *table* has one *entry* per chunk: id, *place* (where in
/// the pack, how long sealed, how long plain) and a checksum of the sealed bytes, so that both the index can be
/// rebuilt and the bytes can be checked without any key. A pack holds either disk content or manifest nodes, so that
/// walking manifests reads few files.
///
/// A pack is written under a temporary name by one thread at a time, synced, and published under its random id. From
/// then on it never changes, which is why reads may overlap with everything.
@NullMarked
package io.diskvault.engine.pack;

import org.jspecify.annotations.NullMarked;
