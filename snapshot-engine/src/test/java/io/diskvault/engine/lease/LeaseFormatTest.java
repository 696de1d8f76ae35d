package io.diskvault.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.pack.PackId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Pins the bytes of leases and epochs; they do not stay in a datastore as the other golden files do.
class LeaseFormatTest {

    private static final LeaseFile LEASE =
            new LeaseFile(5, Purpose.RESTORE, Optional.of(new ProtectedTree(new ChunkId(1, 2, 3, 4), 1L << 33)), 258);
    private static final Epoch EPOCH =
            new Epoch(6, new TreeSet<>(Set.of(new PackId(1, 2), new PackId(-1, 3))), List.of("index/a.unfinished"));

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void writesLeasesAsVersion1Did() throws Exception {
        byte[] bytes = bytes(LEASE.encode());

        assertEquals(
                "44564c454153450a00000001639f784b000000000000000502010000000000000001000000000000"
                        + "00020000000000000003000000000000000400000002000000000000000000000102b4da0c97",
                HexFormat.of().formatHex(bytes));
        assertEquals(LEASE, LeaseFile.decode(bytes, "x.lease"));
        for (Purpose purpose : Purpose.values()) {
            LeaseFile lease = new LeaseFile(0, purpose, Optional.empty(), 1);
            assertEquals(lease, LeaseFile.decode(bytes(lease.encode()), "x.lease"));
        }
        assertEquals(
                List.of(1, 2, 3, 4, 5),
                Arrays.stream(Purpose.values()).map(Purpose::code).toList());
    }

    @Test
    void writesEpochsAsVersion1Did() throws Exception {
        byte[] bytes = bytes(EPOCH.encode());

        assertEquals(
                "445645504f43480a00000001e12fad6a000000000000000600000002000000010000000000000001"
                        + "0000000000000002ffffffffffffffff00000000000000030012696e6465782f612e756e66696e69"
                        + "73686564077e87cd",
                HexFormat.of().formatHex(bytes));
        assertEquals(EPOCH, Epoch.decode(bytes, "x.epoch", 6));
        assertThrows(CorruptDatastoreException.class, () -> Epoch.decode(bytes, "x.epoch", 7));
    }

    @Test
    void noticesEveryFlippedBitAndEveryLengthThatIsWrong() {
        byte[] lease = bytes(LEASE.encode());
        byte[] epoch = bytes(EPOCH.encode());
        for (int bit = 0; bit < lease.length * Byte.SIZE; bit++) {
            byte[] damaged = flipped(lease, bit);
            assertThrows(CorruptDatastoreException.class, () -> LeaseFile.decode(damaged, "x.lease"));
        }
        for (int bit = 0; bit < epoch.length * Byte.SIZE; bit++) {
            byte[] damaged = flipped(epoch, bit);
            assertThrows(CorruptDatastoreException.class, () -> Epoch.decode(damaged, "x.epoch", 6));
        }
        for (int length = 0; length < lease.length; length++) {
            byte[] cut = Arrays.copyOf(lease, length);
            assertThrows(CorruptDatastoreException.class, () -> LeaseFile.decode(cut, "x.lease"));
        }
        for (int length = 0; length < epoch.length; length++) {
            byte[] cut = Arrays.copyOf(epoch, length);
            assertThrows(CorruptDatastoreException.class, () -> Epoch.decode(cut, "x.epoch", 6));
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    @Test
    void tellsLaterVersionsFromDamage() {
        ByteBuffer header = ByteBuffer.allocate(100);
        new FileFormat("lease", "DVLEASE\n", 2).writeHeader(header);
        assertThrows(FormatTooNewException.class, () -> LeaseFile.decode(header.array(), "x.lease"));
        header.clear();
        new FileFormat("epoch", "DVEPOCH\n", 2).writeHeader(header);
        assertThrows(FormatTooNewException.class, () -> Epoch.decode(header.array(), "x.epoch", 1));
    }
}
