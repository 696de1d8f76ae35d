package io.diskvault.engine.store;

/// How much goes into one file.
///
/// @param packBytes a pack is ended when it has grown past this: smaller ones cost more files and syncs, larger ones
///     cost more rewriting when parts of them are dead
/// @param fragmentEntries an index fragment is written when this many chunks are durable: bounds the writer's memory,
///     about 200 bytes for each
/// @param packsBeingSynced how many ended packs may wait for their sync: bounds memory when the storage is slow
public record StoreLimits(int packBytes, int fragmentEntries, int packsBeingSynced) {

    public static final StoreLimits DEFAULT = new StoreLimits(32 << 20, 128 << 10, 4);
}
