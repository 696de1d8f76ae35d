package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `qemu-img` writes is read here, and what is written here `qemu-img` reads.
class ForeignVhdTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private Path raw;
    private Path vhd;

    @BeforeEach
    void place() {
        assumeTrue(isInstalled(), "qemu-img is not installed here; package qemu-utils");
        raw = directory.resolve("disk.img");
        vhd = directory.resolve("disk.vhd");
    }

    private void writeRaw(long bytes) throws IOException {
        Random random = new Random(bytes);
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at : new long[] {0, 3 * MIB - 70_000, bytes - 65_536}) {
                byte[] data = new byte[65_536];
                random.nextBytes(data);
                channel.write(ByteBuffer.wrap(data), at);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dynamic, on, 7340032, vhd",
        "dynamic, on, 7344640, vhd",
        "dynamic, off, 7344640, vhd",
        "dynamic, on, 5368709120, vhd",
        "fixed, on, 7344640, vhd",
        "fixed, on, 7340032, vhd-fixed",
        "fixed, off, 7344640, vhd"
    })
    void theirsIsReadHere(String subformat, String forced, long bytes, String format) throws Exception {
        writeRaw(bytes);
        qemuImg(
                "convert",
                "-f",
                "raw",
                "-O",
                "vpc",
                "-o",
                "subformat=" + subformat + ",force_size=" + forced,
                raw.toString(),
                vhd.toString());
        try (DiskSource expected = DiskSource.open(raw);
                DiskSource disk = DiskImages.open(vhd, DiskFormat.of(format).orElseThrow())) {
            assertTrue(qemuImg("info", "--output=json", "-f", "vpc", vhd.toString())
                    .contains("\"virtual-size\": " + disk.sizeBytes() + ","));
            assertTrue(disk.sizeBytes() == bytes || (forced.equals("off") && disk.sizeBytes() > bytes));
            assertSameData(expected, disk);
            assertSameData(disk, expected);
        }
    }

    /// All that one has as data is the same in the other, which is zero where it ends earlier.
    private static void assertSameData(DiskSource one, DiskSource other) throws IOException {
        for (Optional<Extent> extent = one.dataFrom(0); extent.isPresent(); ) {
            Extent found = extent.get();
            for (long at = found.offset(); at < found.end(); at += MIB) {
                byte[] expected = new byte[(int) Math.min(MIB, found.end() - at)];
                one.read(ByteBuffer.wrap(expected), at);
                byte[] actual = new byte[expected.length];
                int there = Math.clamp(other.sizeBytes() - at, 0, actual.length);
                other.read(ByteBuffer.wrap(actual, 0, there), at);
                assertTrue(Arrays.equals(expected, actual), "differs within " + expected.length + " bytes at " + at);
            }
            extent = one.dataFrom(found.end());
        }
    }

    @Test
    void oursIsReadThere() throws Exception {
        for (long bytes : new long[] {7 * MIB, 7_344_640, 5L << 30}) {
            writeRaw(bytes);
            writeOurs(bytes);
            String info = qemuImg("info", "--output=json", "-f", "vpc", vhd.toString());
            assertTrue(info.contains("\"virtual-size\": " + bytes + ","), info);
            String compared = qemuImg("compare", "-f", "raw", "-F", "vpc", raw.toString(), vhd.toString());
            assertTrue(compared.contains("Images are identical"), compared);
            Files.delete(raw);
            Files.delete(vhd);
        }
    }

    private void writeOurs(long bytes) throws IOException {
        VhdFooter footer = VhdFooter.dynamic(bytes, Instant.parse("2026-11-01T12:00:00Z"), new UUID(1, 2));
        try (DiskSource source = DiskSource.open(raw);
                FileChannel file = FileChannel.open(vhd, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            DynamicVhdWriter writer = new DynamicVhdWriter(footer, file::write);
            for (Optional<Extent> extent = source.dataFrom(0); extent.isPresent(); ) {
                Extent found = extent.get();
                ByteBuffer data = ByteBuffer.allocate((int) found.length());
                source.read(data, found.offset());
                writer.write(data.flip(), found.offset());
                extent = source.dataFrom(found.end());
            }
            writer.finish();
        }
    }

    @Test
    void oursTakesRoomOnlyForItsData() throws Exception {
        writeRaw(5L << 30);
        writeOurs(5L << 30);
        assertTrue(Files.size(vhd) < 10 * MIB, Files.size(vhd) + " bytes");
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
