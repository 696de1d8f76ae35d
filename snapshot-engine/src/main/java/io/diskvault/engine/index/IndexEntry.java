package io.diskvault.engine.index;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.ChunkPlace;
import java.util.Comparator;

/// One pair of the index. The order is that of the fragments: by id, then by place.
public record IndexEntry(ChunkId id, ChunkPlace place) implements Comparable<IndexEntry> {

    private static final Comparator<IndexEntry> ORDER = Comparator.comparing(IndexEntry::id)
            .thenComparing(entry -> entry.place.pack())
            .thenComparingInt(entry -> entry.place.offset());

    @Override
    public int compareTo(IndexEntry other) {
        return ORDER.compare(this, other);
    }
}
