package io.diskvault.engine.index;

import static io.diskvault.engine.index.FragmentFormat.PAGE_ENTRIES;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries of one fragment, by id or in order. Thread-safe.
final class IndexFragment {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFragment.class);

    /// Past this many guesses the ids are not spread as they should be, and halving is safer than guessing.
    private static final int GUESSES_MAX = 6;

    private final FragmentPages pages;
    private final long entryCount;

    private IndexFragment(FragmentPages pages) {
        this.pages = pages;
        this.entryCount = pages.format().entryCount();
    }

    /// @throws io.diskvault.engine.CorruptDatastoreException when header or list of packs are damaged
    static IndexFragment open(Directory directory, String fileName) throws IOException, DatastoreException {
        return new IndexFragment(FragmentPages.open(directory, fileName));
    }

    FragmentPages pages() {
        return pages;
    }

    long entryCount() {
        return entryCount;
    }

    int packCount() {
        return pages.format().packCount();
    }

    PackId pack(int number) {
        return pages.pack(number);
    }

    /// What was found to be wrong with it since it was opened.
    Optional<CorruptDatastoreException> damage() {
        return pages.damage();
    }

    /// Shows all places of a chunk that this fragment knows.
    void places(long firstOrdinal, ChunkId id, PlaceVisitor visitor) throws IOException, DatastoreException {
        try {
            for (long entry = find(id); entry < entryCount && isOf(entry, id); entry++) {
                visitor.visit(firstOrdinal + entry, pages.place(entry));
            }
        } catch (InternalError e) {
            throw pages.unreadable(e);
        }
    }

    /// Adds the places of a chunk, as far as they can be read.
    void addReadablePlaces(ChunkId id, List<ChunkPlace> places) {
        boolean known = pages.damage().isPresent();
        try {
            places(0, id, (_, place) -> places.add(place));
        } catch (CorruptDatastoreException e) {
            if (!known) {
                LOG.warn("The index is used without some of its pages: {}", e.getMessage());
            }
        } catch (IOException | DatastoreException e) {
            throw new IllegalStateException("Nobody but the index can have thrown this.", e);
        }
    }

    void forEach(long firstOrdinal, EntryVisitor visitor) throws IOException, DatastoreException {
        try {
            for (long entry = 0; entry < entryCount; entry++) {
                if (entry % PAGE_ENTRIES == 0) {
                    pages.check(entry);
                }
                visitor.visit(firstOrdinal + entry, pages.id(entry), pages.place(entry));
            }
        } catch (InternalError e) {
            throw pages.unreadable(e);
        }
    }

    /// Takes one entry.
    @FunctionalInterface
    interface EntryTaker {
        void take(IndexEntry entry) throws IOException, DatastoreException;
    }

    /// Gives all entries that stand on readable pages.
    void forEachReadable(EntryTaker taker) throws IOException, DatastoreException {
        for (long first = 0; first < entryCount; first += PAGE_ENTRIES) {
            if (isReadable(first)) {
                for (IndexEntry entry : readPage(first)) {
                    taker.take(entry);
                }
            }
        }
    }

    private List<IndexEntry> readPage(long first) {
        List<IndexEntry> entries = new ArrayList<>(PAGE_ENTRIES);
        try {
            for (long entry = first; entry < Math.min(first + PAGE_ENTRIES, entryCount); entry++) {
                entries.add(new IndexEntry(pages.id(entry), pages.place(entry)));
            }
            return entries;
        } catch (InternalError e) {
            LOG.debug("Left out: {}", pages.unreadable(e).getMessage());
            return List.of();
        }
    }

    /// Checks every page, and answers what is wrong.
    Optional<CorruptDatastoreException> checkAll() {
        for (long first = 0; first < entryCount; first += PAGE_ENTRIES) {
            isReadable(first);
        }
        return damage();
    }

    private boolean isReadable(long firstOfPage) {
        try {
            pages.check(firstOfPage);
            return true;
        } catch (CorruptDatastoreException e) {
            LOG.debug("Left out: {}", e.getMessage());
            return false;
        }
    }

    private boolean isOf(long entry, ChunkId id) throws CorruptDatastoreException {
        pages.check(entry);
        return pages.compareIds(entry, id) == 0;
    }

    /// The first entry whose id is not below the given one.
    private long find(ChunkId id) throws CorruptDatastoreException {
        if (entryCount == 0) {
            return 0;
        }
        long low = pageFor(id) * PAGE_ENTRIES;
        long high = Math.min(low + PAGE_ENTRIES, entryCount);
        pages.check(low);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (pages.compareIds(middle, id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The last page that starts below the id, which is where its first entry can be; the first page if there is
    /// none.
    private long pageFor(ChunkId id) throws CorruptDatastoreException {
        long low = 0;
        long high = pages.format().pageCount();
        double lowKey = 0;
        double highKey = 1;
        double key = fraction(id.first());
        for (int guess = 0; high - low > 1; guess++) {
            long middle = guess < GUESSES_MAX && highKey > lowKey
                    ? low + (long) ((high - low) * ((key - lowKey) / (highKey - lowKey)))
                    : (low + high) >>> 1;
            middle = Math.clamp(middle, low + 1, high - 1);
            long first = middle * PAGE_ENTRIES;
            pages.check(first);
            if (pages.compareIds(first, id) < 0) {
                low = middle;
                lowKey = fraction(pages.idPart(first, 0));
            } else {
                high = middle;
                highKey = fraction(pages.idPart(first, 0));
            }
        }
        return low;
    }

    /// Where an id lies between the smallest (0) and the largest (1).
    private static double fraction(long firstPart) {
        return (firstPart >>> 1) * 0x1p-63;
    }
}
