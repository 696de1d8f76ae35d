package io.diskvault.engine.pack;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of a pack around its chunks; `docs/datastore-format.md` shows them.
final class PackFormat {

    static final FileFormat FORMAT = new FileFormat("pack", "DVPACK\r\n", 1);
    private static final byte[] END = "DVPKEND\n".getBytes(StandardCharsets.US_ASCII);

    static final int HEADER_BYTES = FileFormat.HEADER_BYTES + PackId.BYTES + 2 * Integer.BYTES;
    static final int FOOTER_BYTES = PackId.BYTES + 4 * Integer.BYTES + Long.BYTES;

    private PackFormat() {}

    /// @param tableOffset where the table starts, which is where the last sealed chunk ends
    record Footer(PackId id, int tableOffset, int entryCount, int tableChecksum) {

        int tableBytes() {
            return entryCount * PackEntry.BYTES;
        }
    }

    static void writeHeader(ByteBuffer into, PackId id, PackKind kind) {
        int start = into.position();
        FORMAT.writeHeader(into);
        id.writeTo(into);
        into.putInt(kind.code());
        into.putInt(Checksum.crc32c(into.slice(start, HEADER_BYTES - Checksum.CRC_BYTES)));
    }

    static PackKind readHeader(ByteBuffer from, PackId expected) throws DatastoreException {
        String file = expected.file();
        int start = from.position();
        FORMAT.readHeader(from, file);
        PackId id = PackId.readFrom(from);
        int kind = from.getInt();
        if (from.getInt() != Checksum.crc32c(from.slice(start, HEADER_BYTES - Checksum.CRC_BYTES))) {
            throw new CorruptDatastoreException(file + " is damaged: the checksum of its header is wrong.");
        }
        checkIsThisPack(id, expected);
        for (PackKind known : PackKind.values()) {
            if (known.code() == kind) {
                return known;
            }
        }
        throw new CorruptDatastoreException(file + " is damaged: it is of the unknown kind " + kind + ".");
    }

    static void writeTableAndFooter(ByteBuffer into, PackId id, int tableOffset, List<PackEntry> entries) {
        int tableStart = into.position();
        entries.forEach(entry -> entry.writeTo(into));
        int footerStart = into.position();
        int tableChecksum = Checksum.crc32c(into.slice(tableStart, footerStart - tableStart));
        id.writeTo(into);
        into.putInt(tableOffset).putInt(entries.size()).putInt(tableChecksum);
        into.putInt(Checksum.crc32c(into.slice(footerStart, into.position() - footerStart)));
        into.put(END);
    }

    static Footer readFooter(ByteBuffer from, PackId expected, long fileBytes) throws DatastoreException {
        String file = expected.file();
        int start = from.position();
        Footer footer = new Footer(PackId.readFrom(from), from.getInt(), from.getInt(), from.getInt());
        int checked = from.position() - start;
        int checksum = from.getInt();
        byte[] end = new byte[END.length];
        from.get(end);
        if (checksum != Checksum.crc32c(from.slice(start, checked)) || !Arrays.equals(end, END)) {
            throw new CorruptDatastoreException(file + " is damaged: it does not end as a pack must.");
        }
        checkIsThisPack(footer.id, expected);
        if (footer.tableOffset < HEADER_BYTES
                || footer.entryCount < 0
                || footer.tableOffset + (long) footer.entryCount * PackEntry.BYTES + FOOTER_BYTES != fileBytes) {
            throw new CorruptDatastoreException(file + " is damaged: its length is not what its footer says.");
        }
        return footer;
    }

    static List<PackEntry> readTable(ByteBuffer from, Footer footer) throws DatastoreException {
        String file = footer.id.file();
        if (Checksum.crc32c(from) != footer.tableChecksum) {
            throw new CorruptDatastoreException(file + " is damaged: the checksum of its table is wrong.");
        }
        List<PackEntry> entries = new ArrayList<>(footer.entryCount);
        long free = HEADER_BYTES;
        for (int i = 0; i < footer.entryCount; i++) {
            PackEntry entry = PackEntry.readFrom(from, footer.id);
            if (entry.place().offset() != free || entry.place().sealedLength() < 1) {
                throw new CorruptDatastoreException(file + " is damaged: the chunks of its table do not follow on.");
            }
            free += entry.place().sealedLength();
            entries.add(entry);
        }
        if (free != footer.tableOffset) {
            throw new CorruptDatastoreException(file + " is damaged: its table does not cover all its chunks.");
        }
        return entries;
    }

    private static void checkIsThisPack(PackId found, PackId expected) throws CorruptDatastoreException {
        if (!found.equals(expected)) {
            throw CorruptDatastoreException.misplaced(
                    expected.file() + " is in the wrong place: it is pack " + found + ".");
        }
    }
}
