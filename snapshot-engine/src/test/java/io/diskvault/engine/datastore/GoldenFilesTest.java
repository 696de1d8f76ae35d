package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.store.StoreLimits;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pins the bytes of every file of format version 1. `golden/v1` was written once and is never written again:
/// programs to come must read it. A change of what is *written* needs a new format version, unless only the
/// compressor's output changed.
class GoldenFilesTest {

    private static final byte[] CONTENT = content();
    private static final Passphrase PASSPHRASE = Passphrase.of("früher war alles besser".toCharArray());

    @TempDir
    Path directory;

    /// Two leaves under a root: compressible, not compressible, and a last block that is not whole.
    private static byte[] content() {
        byte[] content = new byte[64 * CHUNK + 100];
        byte[] text = "Diskvault keeps disks. ".repeat(CHUNK).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, content, 0, CHUNK);
        System.arraycopy(noise(300, 1), 0, content, 64 * CHUNK - 300, 300);
        System.arraycopy(noise(100, 2), 0, content, 64 * CHUNK, 100);
        return content;
    }

    /// Bytes that look random and are the same in every run.
    private static Randomness fixed() {
        AtomicLong counter = new AtomicLong();
        return bytes -> {
            byte[] block = Checksum.sha256(ByteBuffer.allocate(Long.BYTES)
                    .putLong(counter.getAndIncrement())
                    .array());
            System.arraycopy(block, 0, bytes, 0, bytes.length);
        };
    }

    private static Path golden() throws Exception {
        URL resource = Objects.requireNonNull(GoldenFilesTest.class.getResource("/golden/v1/store/datastore.json"));
        return Objects.requireNonNull(Path.of(resource.toURI()).getParent())
                .resolve("..")
                .normalize();
    }

    private static List<Path> files(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    private void writeAll() throws Exception {
        Randomness randomness = fixed();
        KeyFile key = KeyFile.create(directory.resolve("key"), randomness);
        Path store = Files.createDirectory(directory.resolve("store"));
        Datastore.Place place = new Datastore.Place(
                store, new LocalDirectory(store), randomness, _ -> new EngineLimits(1, StoreLimits.DEFAULT));
        Datastore datastore = Datastore.create(place, ChunkSize.DEFAULT, key);
        BackupRequest request = new BackupRequest(
                "web-1",
                new RecoveryPointId("0b5f3a52-6d0c-4f9e-8a55-1c9d2e3f4a5b"),
                Instant.parse("2026-11-01T02:00:00.000000001Z"),
                "source-1");
        datastore.backUp(request, new FakeDisk(CONTENT), Watch.NONE);
        datastore.keys().add(PASSPHRASE, "what the owner knows");
    }

    @Test
    void readsWhatVersion1Wrote() throws Exception {
        Datastore datastore = Datastore.open(golden().resolve("store"), KeyFile.read(golden().resolve("key")));

        RecoveryPoint point = datastore.recoveryPoints().getFirst();

        assertEquals("web-1", point.disk());
        assertEquals("0b5f3a52-6d0c-4f9e-8a55-1c9d2e3f4a5b", point.id().value());
        assertEquals(Instant.parse("2026-11-01T02:00:00.000000001Z"), point.snapshotTime());
        assertEquals(Optional.empty(), point.parent());
        assertEquals("source-1", point.sourceId());
        assertEquals(ChangeDetection.FULL_READ, point.changeDetection());
        assertEquals(CONTENT.length, point.logicalBytes());
        assertEquals(2 * CHUNK + 100, point.usedBytes());
        MemoryTarget[] target = new MemoryTarget[1];
        datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
        assertArrayEquals(CONTENT, target[0].content);
    }

    @Test
    void opensByThePassphraseOfVersion1() throws Exception {
        Datastore datastore = Datastore.open(golden().resolve("store"), PASSPHRASE);

        assertEquals("what the owner knows", datastore.keys().own().label());
        assertEquals(1, datastore.recoveryPoints().size());
    }

    @Test
    void writesWhatVersion1Wrote() throws Exception {
        writeAll();

        assertEquals(files(golden()), files(directory));
        for (Path file : files(golden())) {
            assertArrayEquals(
                    Files.readAllBytes(golden().resolve(file)),
                    Files.readAllBytes(directory.resolve(file)),
                    file.toString());
        }
    }
}
