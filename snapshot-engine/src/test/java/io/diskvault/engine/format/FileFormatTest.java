package io.diskvault.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FileFormatTest {

    private static final FileFormat FORMAT = new FileFormat("thing", "DVTHING\n", 3);

    private static byte[] header(FileFormat format) {
        ByteBuffer bytes = ByteBuffer.allocate(FileFormat.HEADER_BYTES);
        format.writeHeader(bytes);
        return bytes.array();
    }

    @Test
    void writesMagicVersionAndChecksum() {
        assertEquals("44565448494e470a00000003", HexFormat.of().formatHex(header(FORMAT), 0, 12));
    }

    @Test
    void readsItsOwnVersion() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(header(FORMAT));

        FORMAT.readHeader(bytes, "a");

        assertEquals(FileFormat.HEADER_BYTES, bytes.position());
    }

    @Test
    void tellsOldNewAndDamagedApart() {
        FormatTooOldException old = assertThrows(
                FormatTooOldException.class,
                () -> FORMAT.readHeader(ByteBuffer.wrap(header(new FileFormat("thing", "DVTHING\n", 2))), "a"));
        assertTrue(old.getMessage().startsWith("a has format version 2, "), old.getMessage());
        FormatTooNewException late = assertThrows(
                FormatTooNewException.class,
                () -> FORMAT.readHeader(ByteBuffer.wrap(header(new FileFormat("thing", "DVTHING\n", 4))), "a"));
        assertTrue(late.getMessage().startsWith("a has format version 4, "), late.getMessage());
        assertThrows(
                CorruptDatastoreException.class,
                () -> FORMAT.readHeader(ByteBuffer.wrap(header(new FileFormat("other", "DVOTHER\n", 3))), "a"));
        assertThrows(CorruptDatastoreException.class, () -> FORMAT.readHeader(ByteBuffer.allocate(15), "a"));
    }

    @Test
    void callsEveryFlippedBitDamage() {
        for (int bit = 0; bit < FileFormat.HEADER_BYTES * Byte.SIZE; bit++) {
            byte[] bytes = header(FORMAT);
            bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

            assertThrows(CorruptDatastoreException.class, () -> FORMAT.readHeader(ByteBuffer.wrap(bytes), "a"));
        }
    }
}
