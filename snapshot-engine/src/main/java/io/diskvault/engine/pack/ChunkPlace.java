package io.diskvault.engine.pack;

/// Where a sealed chunk lies.
///
/// @param offset where it starts in the pack
/// @param sealedLength how many bytes it takes there
/// @param plainLength how many bytes it has when it is opened
public record ChunkPlace(PackId pack, int offset, int sealedLength, int plainLength) {

    @Override
    public String toString() {
        return pack.file() + " at " + offset;
    }
}
