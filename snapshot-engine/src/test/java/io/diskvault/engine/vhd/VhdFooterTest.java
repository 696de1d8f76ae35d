package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VhdFooterTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void isWrittenAsEverBefore() {
        String footer = HexFormat.of()
                .formatHex(VhdFooter.fixed(64 * MIB, AT, ID).encode().array());
        assertEquals(
                "636f6e6563746978" + "00000002" + "00010000" + "ffffffffffffffff" + "3279e640" + "77696e20" + "00010000"
                        + "5769326b" + "0000000004000000" + "0000000004000000" + "03c30811" + "00000002",
                footer.substring(0, 128));
        assertEquals("00112233445566778899aabbccddeeff", footer.substring(136, 168));
        assertEquals("00".repeat(428), footer.substring(168));
    }

    @Test
    void itsChecksumIsTheComplementOfTheSumOfTheOtherBytes() {
        ByteBuffer footer = VhdFooter.fixed(3 * GIB, AT, ID).encode();
        int sum = footer.getInt(64);
        for (int i = 0; i < VhdFooter.BYTES; i++) {
            sum += i < 64 || i >= 68 ? footer.get(i) & 0xff : 0;
        }
        assertEquals(-1, sum);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4, 17",
        "1, 30, 4, 17",
        "64, 963, 8, 17",
        "136, 561, 16, 31",
        "248, 503, 16, 63",
        "504, 1024, 16, 63",
        "32255, 65533, 16, 63",
        "32256, 16191, 16, 255",
        "130000, 65254, 16, 255",
        "4194304, 65535, 16, 255",
    })
    void itsGeometryIsThatOfTheSpecification(long mib, int cylinders, int heads, int sectors) {
        DiskGeometry geometry = DiskGeometry.of(mib * MIB);
        assertEquals(new DiskGeometry(cylinders, heads, sectors), geometry);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1048576", "1048576, 1048576", "1048577, 2097152", "1099511627777, 1099512676352"})
    void disksArePaddedToWholeMebibytes(long bytes, long padded) {
        assertEquals(padded, VhdFooter.paddedBytes(bytes));
    }

    @Test
    void refusesASizeThatIsNotWholeSectors() {
        assertThrows(IllegalArgumentException.class, () -> VhdFooter.fixed(511, AT, ID));
        assertThrows(IllegalArgumentException.class, () -> VhdFooter.fixed(-MIB, AT, ID));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 504, 505, 33_000})
    void otherProgramsReadWhatItMakes(long mib, @TempDir Path directory) throws Exception {
        assumeTrue(isInstalled(), "qemu-img is not installed here, so nobody else reads the VHD");
        Path raw = directory.resolve("disk.img");
        Path vhd = directory.resolve("disk.vhd");
        byte[] data = new byte[100_000];
        new Random(mib).nextBytes(data);
        for (Path file : List.of(raw, vhd)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(data), 512);
                channel.write(ByteBuffer.wrap(new byte[] {7}), mib * MIB - 1);
            }
        }
        Files.write(vhd, VhdFooter.fixed(mib * MIB, AT, ID).encode().array(), StandardOpenOption.APPEND);
        String info = qemuImg("info", "--output=json", "-f", "vpc", vhd.toString());
        assertTrue(info.contains("\"virtual-size\": " + mib * MIB + ","), info);
        assertTrue(qemuImg("compare", "-f", "raw", "-F", "vpc", raw.toString(), vhd.toString())
                .contains("Images are identical"));
    }

    private static boolean isInstalled() {
        try {
            return !qemuImg("--version").isEmpty();
        } catch (IOException | InterruptedException absent) {
            return false;
        }
    }

    private static String qemuImg(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst("qemu-img");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
