/// Chunks: pieces of content with names that depend on nothing but the content and the key.
///
/// A *chunk id* is the HMAC-SHA-256 of the *plain* bytes; without the key it says nothing about them. *Sealing*
/// compresses
/// a chunk, when that makes it smaller, and encrypts it for exactly one *place* in one pack; a sealed chunk that was
/// moved
/// or exchanged does not *open*. The objects that hash, seal and open belong to one thread each.
@NullMarked
package io.diskvault.engine.chunk;

import org.jspecify.annotations.NullMarked;
