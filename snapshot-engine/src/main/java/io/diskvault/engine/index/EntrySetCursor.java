package io.diskvault.engine.index;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.PackId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Goes over entries that are held in memory.
final class EntrySetCursor implements EntryCursor {

    private final Iterator<IndexEntry> rest;
    private final Map<PackId, Integer> packNumbers = new HashMap<>();
    private @Nullable IndexEntry current;

    /// @param packs all packs of the entries
    EntrySetCursor(SortedSet<IndexEntry> entries, List<PackId> packs) {
        this.rest = entries.iterator();
        packs.forEach(pack -> packNumbers.put(pack, packNumbers.size()));
    }

    @Override
    public boolean next() {
        current = rest.hasNext() ? rest.next() : null;
        return current != null;
    }

    private IndexEntry current() {
        if (current == null) {
            throw new IllegalStateException("There is no current entry.");
        }
        return current;
    }

    @Override
    public long idPart(int part) {
        ChunkId id = current().id();
        return switch (part) {
            case 0 -> id.first();
            case 1 -> id.second();
            case 2 -> id.third();
            default -> id.fourth();
        };
    }

    @Override
    public int placePart(int part) {
        IndexEntry entry = current();
        return switch (part) {
            case 0 -> packNumbers.getOrDefault(entry.place().pack(), -1);
            case 1 -> entry.place().offset();
            case 2 -> entry.place().sealedLength();
            default -> entry.place().plainLength();
        };
    }
}
