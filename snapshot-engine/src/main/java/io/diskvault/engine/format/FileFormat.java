package io.diskvault.engine.format;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A kind of binary file and the one version of it that this program writes and reads.
///
/// @param kind what to call such a file in messages
/// @param magic eight ASCII characters
/// @param version counted from 1
public record FileFormat(String kind, String magic, int version) {

    public static final int HEADER_BYTES = 16;
    private static final int CHECKED_BYTES = HEADER_BYTES - Checksum.CRC_BYTES;

    public FileFormat {
        if (magic.getBytes(StandardCharsets.US_ASCII).length != Long.BYTES) {
            throw new IllegalArgumentException("The magic must have eight characters: " + magic);
        }
    }

    /// Writes the header at the buffer's position.
    public void writeHeader(ByteBuffer into) {
        int start = into.position();
        into.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(version);
        into.putInt(Checksum.crc32c(into.slice(start, CHECKED_BYTES)));
    }

    /// Reads the header at the buffer's position. The checksum is looked at before the version, so that a flipped bit
    /// in the version is called damage, not a later program.
    public void readHeader(ByteBuffer from, String file) throws DatastoreException {
        if (from.remaining() < HEADER_BYTES) {
            throw new CorruptDatastoreException(file + " is damaged: it is too short to be a " + kind + ".");
        }
        int start = from.position();
        byte[] found = new byte[Long.BYTES];
        from.get(found);
        int foundVersion = from.getInt();
        int checksum = from.getInt();
        if (!magic.equals(new String(found, StandardCharsets.US_ASCII))
                || checksum != Checksum.crc32c(from.slice(start, CHECKED_BYTES))) {
            throw new CorruptDatastoreException(file + " is damaged: it does not start as a " + kind + " must.");
        }
        checkVersion(file, Integer.toUnsignedLong(foundVersion), version);
    }

    /// Whether something may be such a file, be it damaged: it has the magic, or a header that would be right with it.
    ///
    /// @param start of the file, as long as a header
    public boolean isLikely(ByteBuffer start) {
        byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
        byte[] found = new byte[Long.BYTES];
        start.get(start.position(), found);
        ByteBuffer repaired = ByteBuffer.allocate(CHECKED_BYTES)
                .put(expected)
                .putInt(start.getInt(start.position() + Long.BYTES))
                .flip();
        return Arrays.equals(expected, found)
                || start.getInt(start.position() + CHECKED_BYTES) == Checksum.crc32c(repaired);
    }

    /// Refuses every version but the given one.
    public static void checkVersion(String file, long found, int readable) throws DatastoreException {
        if (found < readable) {
            throw new FormatTooOldException(file, found, readable);
        }
        if (found > readable) {
            throw new FormatTooNewException(file, found, readable);
        }
    }
}
