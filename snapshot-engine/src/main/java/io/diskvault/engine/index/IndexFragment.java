package io.diskvault.engine.index;

import static io.diskvault.engine.index.FragmentFormat.ENTRY_BYTES;
import static io.diskvault.engine.index.FragmentFormat.PAGE_BYTES;
import static io.diskvault.engine.index.FragmentFormat.PAGE_CHECKSUM_OFFSET;
import static io.diskvault.engine.index.FragmentFormat.PAGE_COUNT_OFFSET;
import static io.diskvault.engine.index.FragmentFormat.PAGE_ENTRIES;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/// One fragment, mapped. Opening checks header and length; every look-up checks the pages that it touches.
final class IndexFragment {

    /// Past this many guesses the ids are not spread as they should be, and halving is safer than guessing.
    private static final int GUESSES_MAX = 6;

    private final String file;
    private final MemorySegment memory;
    private final FragmentFormat format;

    private IndexFragment(String file, MemorySegment memory, FragmentFormat format) {
        this.file = file;
        this.memory = memory;
        this.format = format;
    }

    static IndexFragment open(Directory directory, String fileName) throws IOException, DatastoreException {
        String file = FragmentFormat.DIRECTORY + "/" + fileName;
        try (InputFile input = directory.open(file)) {
            if (input.sizeBytes() < FragmentFormat.HEADER_BYTES) {
                throw damaged(file, "it is too short to be an index fragment");
            }
            MemorySegment memory = input.map();
            ByteBuffer header = memory.asSlice(0, FragmentFormat.HEADER_BYTES).asByteBuffer();
            FragmentFormat.FORMAT.readHeader(header, file);
            FragmentFormat format = new FragmentFormat(header.getLong(), header.getInt());
            int checked = header.position();
            if (header.getInt() != Checksum.crc32c(header.slice(0, checked))
                    || format.entryCount() < 0
                    || format.packCount() < 0) {
                throw damaged(file, "the checksum of its header is wrong");
            }
            if (memory.byteSize() != format.fileBytes()) {
                throw damaged(file, "it has " + memory.byteSize() + " bytes instead of " + format.fileBytes());
            }
            IndexFragment fragment = new IndexFragment(file, memory, format);
            fragment.checkPacks();
            return fragment;
        }
    }

    private static CorruptDatastoreException damaged(String file, String how) {
        return new CorruptDatastoreException(
                file + " is damaged: " + how + ". It can be made anew from the packs; nothing that they hold is lost.");
    }

    private void checkPacks() throws CorruptDatastoreException {
        ByteBuffer table = memory.asSlice(FragmentFormat.HEADER_BYTES, format.packTableBytes() + Checksum.CRC_BYTES)
                .asByteBuffer();
        int length = Math.toIntExact(format.packTableBytes());
        if (table.getInt(length) != Checksum.crc32c(table.slice(0, length))) {
            throw damaged(file, "the checksum of its list of packs is wrong");
        }
    }

    long entryCount() {
        return format.entryCount();
    }

    /// Adds all places of a chunk that this fragment knows.
    void addPlaces(ChunkId id, List<ChunkPlace> places) throws CorruptDatastoreException {
        if (format.entryCount() == 0) {
            return;
        }
        long pageNumber = firstPageFor(id);
        ByteBuffer page = page(pageNumber);
        int at = firstEntryNotBelow(page, id);
        while (true) {
            if (at == entriesOf(page)) {
                if (++pageNumber == format.pageCount()) {
                    return;
                }
                page = page(pageNumber);
                at = 0;
            }
            if (!idAt(page, at).equals(id)) {
                return;
            }
            places.add(placeAt(page, at));
            at++;
        }
    }

    /// The last page that starts below the id, which is where its first entry can be; the first page if there is
    /// none.
    private long firstPageFor(ChunkId id) throws CorruptDatastoreException {
        long low = 0;
        long high = format.pageCount();
        double lowKey = 0;
        double highKey = 1;
        double key = fraction(id);
        for (int guess = 0; high - low > 1; guess++) {
            long middle = guess < GUESSES_MAX && highKey > lowKey
                    ? low + (long) ((high - low) * ((key - lowKey) / (highKey - lowKey)))
                    : (low + high) >>> 1;
            middle = Math.clamp(middle, low + 1, high - 1);
            ChunkId first = idAt(page(middle), 0);
            if (first.compareTo(id) < 0) {
                low = middle;
                lowKey = fraction(first);
            } else {
                high = middle;
                highKey = fraction(first);
            }
        }
        return low;
    }

    /// Where an id lies between the smallest (0) and the largest (1).
    private static double fraction(ChunkId id) {
        return (id.first() >>> 1) * 0x1p-63;
    }

    private static int firstEntryNotBelow(ByteBuffer page, ChunkId id) {
        int low = 0;
        int high = entriesOf(page);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (idAt(page, middle).compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private ByteBuffer page(long number) throws CorruptDatastoreException {
        ByteBuffer page = memory.asSlice(format.pagesOffset() + number * PAGE_BYTES, PAGE_BYTES)
                .asByteBuffer();
        int count = entriesOf(page);
        if (page.getInt(PAGE_CHECKSUM_OFFSET) != Checksum.crc32c(page.slice(0, PAGE_CHECKSUM_OFFSET))
                || count < 1
                || count > PAGE_ENTRIES) {
            throw damaged(file, "the checksum of its page " + number + " is wrong");
        }
        return page;
    }

    private static int entriesOf(ByteBuffer page) {
        return page.getInt(PAGE_COUNT_OFFSET);
    }

    private static ChunkId idAt(ByteBuffer page, int entry) {
        int at = entry * ENTRY_BYTES;
        return new ChunkId(
                page.getLong(at),
                page.getLong(at + Long.BYTES),
                page.getLong(at + 2 * Long.BYTES),
                page.getLong(at + 3 * Long.BYTES));
    }

    private ChunkPlace placeAt(ByteBuffer page, int entry) throws CorruptDatastoreException {
        int at = entry * ENTRY_BYTES + ChunkId.BYTES;
        int pack = page.getInt(at);
        if (pack < 0 || pack >= format.packCount()) {
            throw damaged(file, "it refers to a pack that it does not list");
        }
        long packAt = FragmentFormat.HEADER_BYTES + (long) pack * PackId.BYTES;
        PackId packId = PackId.readFrom(memory.asSlice(packAt, PackId.BYTES).asByteBuffer());
        return new ChunkPlace(
                packId,
                page.getInt(at + Integer.BYTES),
                page.getInt(at + 2 * Integer.BYTES),
                page.getInt(at + 3 * Integer.BYTES));
    }
}
