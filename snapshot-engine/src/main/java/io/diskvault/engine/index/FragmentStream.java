package io.diskvault.engine.index;

import static io.diskvault.engine.index.FragmentFormat.PAGE_BYTES;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.CRC32C;

/// The bytes of one fragment on their way into its file, front to back, through one small buffer.
final class FragmentStream {

    /// Large enough that calls of the operating system cost nothing, small enough to stay in the processor's cache.
    private static final int BUFFER_BYTES = 64 * PAGE_BYTES;

    private final OutputFile file;
    private final FragmentFormat format;
    private final MessageDigest digest = Checksum.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;

    FragmentStream(OutputFile file, FragmentFormat format) {
        this.file = file;
        this.format = format;
    }

    void write(List<PackId> packs, EntryCursor entries) throws IOException, DatastoreException {
        writeHead(packs);
        for (long page = 0; page < format.pageCount(); page++) {
            makeRoom(PAGE_BYTES);
            writePage(entries, entriesOf(page));
        }
        if (entries.next()) {
            throw new IllegalStateException("There are more than " + format.entryCount() + " entries.");
        }
        flush();
        buffer.put(digest.digest());
        flush();
    }

    private int entriesOf(long page) {
        return (int) Math.min(FragmentFormat.PAGE_ENTRIES, format.entryCount() - page * FragmentFormat.PAGE_ENTRIES);
    }

    private void writeHead(List<PackId> packs) throws IOException {
        FragmentFormat.FORMAT.writeHeader(buffer);
        buffer.putLong(format.entryCount()).putInt(format.packCount());
        buffer.putInt(Checksum.crc32c(buffer.slice(0, buffer.position())));
        CRC32C crc = new CRC32C();
        for (PackId pack : packs) {
            makeRoom(PackId.BYTES);
            int start = buffer.position();
            pack.writeTo(buffer);
            crc.update(buffer.slice(start, PackId.BYTES));
        }
        makeRoom(PAGE_BYTES);
        buffer.putInt((int) crc.getValue());
        long padding = format.pagesOffset() - position - buffer.position();
        buffer.put(new byte[Math.toIntExact(padding)]);
    }

    private void writePage(EntryCursor entries, int count) throws DatastoreException {
        int start = buffer.position();
        for (int i = 0; i < count; i++) {
            if (!entries.next()) {
                throw new IllegalStateException("There are fewer than " + format.entryCount() + " entries.");
            }
            for (int part = 0; part < 4; part++) {
                buffer.putLong(entries.idPart(part));
            }
            for (int part = 0; part < 4; part++) {
                buffer.putInt(entries.placePart(part));
            }
        }
        buffer.put(new byte[PAGE_BYTES - count * FragmentFormat.ENTRY_BYTES]);
        buffer.putInt(start + FragmentFormat.PAGE_COUNT_OFFSET, count);
        buffer.putInt(
                start + FragmentFormat.PAGE_CHECKSUM_OFFSET,
                Checksum.crc32c(buffer.array(), start, FragmentFormat.PAGE_CHECKSUM_OFFSET));
    }

    private void makeRoom(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        int length = buffer.remaining();
        file.write(buffer, position);
        position += length;
        buffer.clear();
    }
}
