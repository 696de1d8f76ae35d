package io.diskvault.engine.index;

import static io.diskvault.engine.index.FragmentFormat.ENTRY_BYTES;
import static io.diskvault.engine.index.FragmentFormat.PAGE_BYTES;
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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The mapped file of one fragment. Opening checks header, length and list of packs; a page is checked when it is
/// touched for the first time. Entries are numbered from 0. Thread-safe.
///
/// The numbers of entries are not checked again here; nothing of a page may be read before [#check]. Whoever reads
/// entries must be ready for an `InternalError`, and make [#unreadable] of it.
final class FragmentPages {

    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN).withName("u64");
    private static final ValueLayout.OfInt U32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN).withName("u32");

    private final String file;
    private final MemorySegment memory;
    private final FragmentFormat format;
    private final long pagesOffset;

    /// One bit for each page that was checked, outside the heap. Threads may overwrite each other's bits: then a page
    /// is checked twice.
    private final MemorySegment checked;

    /// A copy of the list of packs outside the heap, which can be read whatever becomes of the file.
    private final MemorySegment packs;

    private volatile @Nullable CorruptDatastoreException damage;

    private FragmentPages(String file, MemorySegment memory, FragmentFormat format) {
        this.file = file;
        this.memory = memory;
        this.format = format;
        this.pagesOffset = format.pagesOffset();
        this.checked = Arena.ofAuto().allocate(format.pageCount() / Byte.SIZE + 1);
        this.packs = Arena.ofAuto().allocate(format.packTableBytes());
    }

    static FragmentPages open(Directory directory, String fileName) throws IOException, DatastoreException {
        String file = FragmentFormat.DIRECTORY + "/" + fileName;
        try (InputFile input = directory.open(file)) {
            if (input.sizeBytes() < FragmentFormat.HEADER_BYTES) {
                throw damaged(file, "it is too short to be an index fragment");
            }
            ByteBuffer header = ByteBuffer.allocate(FragmentFormat.HEADER_BYTES);
            input.read(header, 0);
            FragmentFormat format = readHeader(header.flip(), file);
            if (input.sizeBytes() != format.fileBytes()) {
                throw damaged(file, "it has " + input.sizeBytes() + " bytes instead of " + format.fileBytes());
            }
            FragmentPages pages = new FragmentPages(file, input.map(), format);
            pages.readPacks();
            return pages;
        }
    }

    private static FragmentFormat readHeader(ByteBuffer header, String file) throws DatastoreException {
        FragmentFormat.FORMAT.readHeader(header, file);
        FragmentFormat format = new FragmentFormat(header.getLong(), header.getInt());
        int length = header.position();
        if (header.getInt() != Checksum.crc32c(header.slice(0, length))
                || format.entryCount() < 0
                || format.packCount() < 0) {
            throw damaged(file, "the checksum of its header is wrong");
        }
        return format;
    }

    private void readPacks() throws CorruptDatastoreException {
        CRC32C crc = new CRC32C();
        byte[] part = new byte[PAGE_BYTES];
        for (long at = 0; at < packs.byteSize(); at += part.length) {
            int length = (int) Math.min(part.length, packs.byteSize() - at);
            copy(FragmentFormat.HEADER_BYTES + at, part, length);
            crc.update(part, 0, length);
            MemorySegment.copy(part, 0, packs, ValueLayout.JAVA_BYTE, at, length);
        }
        byte[] checksum = new byte[Checksum.CRC_BYTES];
        copy(FragmentFormat.HEADER_BYTES + packs.byteSize(), checksum, checksum.length);
        if (ByteBuffer.wrap(checksum).getInt() != (int) crc.getValue()) {
            throw damaged("the checksum of its list of packs is wrong");
        }
        for (int i = 1; i < format.packCount(); i++) {
            if (pack(i - 1).compareTo(pack(i)) >= 0) {
                throw damaged("its list of packs is not in order");
            }
        }
    }

    String file() {
        return file;
    }

    FragmentFormat format() {
        return format;
    }

    /// The first thing that was found to be wrong with it.
    Optional<CorruptDatastoreException> damage() {
        return Optional.ofNullable(damage);
    }

    /// Remembers that this fragment is damaged, and gives the exception to be thrown.
    CorruptDatastoreException damaged(String how) {
        CorruptDatastoreException found = damaged(file, how);
        if (damage == null) {
            damage = found;
        }
        return found;
    }

    private static CorruptDatastoreException damaged(String file, String how) {
        return new CorruptDatastoreException(
                file + " is damaged: " + how + ". It can be made anew from the packs; nothing that they hold is lost.");
    }

    /// Checks the page of an entry, unless that has been done since the file was mapped.
    void check(long entry) throws CorruptDatastoreException {
        long page = entry / PAGE_ENTRIES;
        byte bits = checked.get(ValueLayout.JAVA_BYTE, page >>> 3);
        if ((bits & 1 << (page & 7)) == 0) {
            checkPage(page);
            checked.set(ValueLayout.JAVA_BYTE, page >>> 3, (byte) (bits | 1 << (page & 7)));
        }
    }

    private void checkPage(long page) throws CorruptDatastoreException {
        byte[] bytes = new byte[PAGE_BYTES];
        copy(pagesOffset + page * PAGE_BYTES, bytes, PAGE_BYTES);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        long expected = Math.min(PAGE_ENTRIES, format.entryCount() - page * PAGE_ENTRIES);
        if (fields.getInt(FragmentFormat.PAGE_CHECKSUM_OFFSET)
                        != Checksum.crc32c(bytes, 0, FragmentFormat.PAGE_CHECKSUM_OFFSET)
                || fields.getInt(FragmentFormat.PAGE_COUNT_OFFSET) != expected) {
            throw damaged("the checksum of its page " + page + " is wrong");
        }
        for (int i = 0; i < expected; i++) {
            int pack = fields.getInt(i * ENTRY_BYTES + ChunkId.BYTES);
            if (pack < 0 || pack >= format.packCount()) {
                throw damaged("it refers to a pack that it does not list");
            }
        }
    }

    private void copy(long from, byte[] to, int length) throws CorruptDatastoreException {
        try {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from, to, 0, length);
        } catch (InternalError e) {
            throw unreadable(e);
        }
    }

    /// What an `InternalError` means that comes while entries are read: so Java tells that the operating system could
    /// not read a part of a mapped file. Pages that were checked are not kept in memory, so each can be lost later.
    CorruptDatastoreException unreadable(InternalError error) {
        CorruptDatastoreException found = damaged("the storage cannot read it");
        found.addSuppressed(error);
        return found;
    }

    private long position(long entry) {
        return pagesOffset + entry / PAGE_ENTRIES * PAGE_BYTES + entry % PAGE_ENTRIES * ENTRY_BYTES;
    }

    /// How the id of an entry compares with another.
    int compareIds(long entry, ChunkId id) {
        long at = position(entry);
        int order = Long.compareUnsigned(memory.get(U64, at), id.first());
        if (order == 0) {
            order = Long.compareUnsigned(memory.get(U64, at + Long.BYTES), id.second());
        }
        if (order == 0) {
            order = Long.compareUnsigned(memory.get(U64, at + 2 * Long.BYTES), id.third());
        }
        return order == 0 ? Long.compareUnsigned(memory.get(U64, at + 3 * Long.BYTES), id.fourth()) : order;
    }

    /// One of the four numbers of an entry's id.
    long idPart(long entry, int part) {
        return memory.get(U64, position(entry) + (long) part * Long.BYTES);
    }

    ChunkId id(long entry) {
        return new ChunkId(idPart(entry, 0), idPart(entry, 1), idPart(entry, 2), idPart(entry, 3));
    }

    /// One of the four numbers of an entry's place: number of the pack, offset, sealed length, plain length.
    int placePart(long entry, int part) {
        return memory.get(U32, position(entry) + ChunkId.BYTES + (long) part * Integer.BYTES);
    }

    ChunkPlace place(long entry) {
        return new ChunkPlace(pack(placePart(entry, 0)), placePart(entry, 1), placePart(entry, 2), placePart(entry, 3));
    }

    /// @param number where it stands in this fragment's list of packs
    PackId pack(int number) {
        long at = (long) number * PackId.BYTES;
        return new PackId(packs.get(U64, at), packs.get(U64, at + Long.BYTES));
    }
}
