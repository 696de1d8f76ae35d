/// The chunks of a datastore as one thing: packs and index together.
///
/// A *reader* finds a chunk and gives its content, checked; when one place of a chunk is damaged and there is
/// another, the other is taken. A *writer* is one backup's way to add chunks: it stores a chunk only when nobody did,
/// and makes everything durable in the order packs, directories, index fragment.
///
/// Several writers may work at once, in one process or many. Each reuses only what stands in published fragments and
/// what it wrote itself, never another writer's unfinished packs; at worst two store the same chunk twice.
@NullMarked
package io.diskvault.engine.store;

import org.jspecify.annotations.NullMarked;
