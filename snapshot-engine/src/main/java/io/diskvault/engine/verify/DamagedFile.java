package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.pack.PackId;
import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.TreeSet;

/// The bytes of a list of damaged places; `docs/datastore-format.md` shows them.
final class DamagedFile {

    private static final FileFormat FORMAT = new FileFormat("list of damaged places", "DVDAMAGE", 1);
    private static final int HEAD_BYTES = FileFormat.HEADER_BYTES + Integer.BYTES;
    private static final int ENTRY_BYTES = PackId.BYTES + Integer.BYTES;

    private DamagedFile() {}

    static byte[] encode(SortedSet<DamagedPlace> places) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + places.size() * ENTRY_BYTES + Checksum.CRC_BYTES);
        FORMAT.writeHeader(bytes);
        bytes.putInt(places.size());
        for (DamagedPlace place : places) {
            place.pack().writeTo(bytes);
            bytes.putInt(place.offset());
        }
        bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position())));
        return bytes.array();
    }

    static SortedSet<DamagedPlace> decode(byte[] content, String file) throws DatastoreException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        FORMAT.readHeader(bytes, file);
        int checked = content.length - Checksum.CRC_BYTES;
        if (checked < HEAD_BYTES || bytes.getInt(checked) != Checksum.crc32c(bytes.slice(0, checked))) {
            throw new CorruptDatastoreException(file + " is damaged: its checksum is wrong. It is only a list; a full"
                    + " verification makes it anew.");
        }
        int count = bytes.getInt();
        if (count < 0 || HEAD_BYTES + (long) count * ENTRY_BYTES != checked) {
            throw new CorruptDatastoreException(file + " is damaged: its length is not what it says.");
        }
        TreeSet<DamagedPlace> places = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            places.add(new DamagedPlace(PackId.readFrom(bytes), bytes.getInt()));
        }
        return places;
    }
}
