package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.restore.KnownDamage;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.verify.ByteRange;
import io.diskvault.engine.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known to be damaged before anybody restores.
class KnownDamageTest {

    private static final int CHUNKS = 200;

    @TempDir
    Path directory;

    private Workbench bench;
    private RecoveryPoint point;
    private Path pack;

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", noise(CHUNKS * CHUNK, 1)).point();
        try (Stream<Path> packs = Files.walk(directory.resolve("store/packs"))) {
            pack = packs.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    /// Flips a bit of some chunks of the largest pack, or flips it back.
    private void flip(int from, int to) throws Exception {
        PackId id = PackId.ofFileName(pack.getFileName().toString()).orElseThrow();
        List<ChunkPlace> places = PackTable.read(new LocalDirectory(directory.resolve("store")), id).stream()
                .map(PackEntry::place)
                .sorted(Comparator.comparingInt(ChunkPlace::offset))
                .toList();
        byte[] bytes = Files.readAllBytes(pack);
        for (ChunkPlace place : places.subList(from, to)) {
            bytes[place.offset() + place.sealedLength() / 2] ^= 1;
        }
        Files.delete(pack);
        Files.write(pack, bytes);
    }

    private void verify() throws Exception {
        bench.datastore().verify(VerifyOptions.FULL, Watch.NONE);
    }

    private KnownDamage.Result known() throws Exception {
        return bench.datastore().knownDamage(point, () -> false);
    }

    @Test
    void isNothingUntilAVerificationHasFoundIt() throws Exception {
        flip(3, 5);
        assertTrue(known().damaged().isEmpty());

        verify();

        KnownDamage.Result known = known();
        assertEquals(2L * CHUNK, known.damaged().bytes());
        assertEquals((long) CHUNKS * CHUNK, known.lookedBytes());
        assertTrue(known.damaged()
                .first()
                .orElseThrow()
                .contains(pack.getFileName().toString()));
        assertEquals(
                bench.datastore()
                        .restore(
                                point,
                                directory.resolve("rest"),
                                RestoreOptions.NEW_FILE.continuingOnDamage(),
                                Watch.NONE)
                        .damaged()
                        .ranges(),
                known.damaged().ranges());
    }

    @Test
    void isNothingThatIsWholeAgain() throws Exception {
        flip(3, 5);
        verify();
        flip(3, 5);

        assertTrue(known().damaged().isEmpty());
    }

    @Test
    void isNothingThatLiesElsewhereAsWell() throws Exception {
        flip(3, 5);
        verify();
        bench.backUp("disk", "2", noise(CHUNKS * CHUNK, 1));

        assertTrue(known().damaged().isEmpty());
    }

    @Test
    void saysHowFarItCameWhenTimeIsUp() throws Exception {
        flip(0, 100);
        verify();
        AtomicInteger asked = new AtomicInteger();

        KnownDamage.Result known = bench.datastore().knownDamage(point, () -> asked.incrementAndGet() > 10);

        assertTrue(known.lookedBytes() < (long) CHUNKS * CHUNK, known::toString);
        for (ByteRange range : known.damaged().ranges()) {
            assertTrue(range.bytes() < 100L * CHUNK);
        }
    }

    @Test
    void isOfAPointThatIsThere() throws IOException {
        bench.datastore().removeRecoveryPoint("disk", point.id());

        assertThrows(PointNotFoundException.class, this::known);
    }
}
