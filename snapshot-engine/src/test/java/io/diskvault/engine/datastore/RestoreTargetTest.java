package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.restore.RestoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTargetTest {

    private static final byte[] CONTENT = noise(20 * CHUNK, 1);

    @TempDir
    Path directory;

    @TempDir
    Path targets;

    private Workbench bench;
    private RecoveryPoint point;
    private Path target;

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", CONTENT).point();
        target = targets.resolve("disk.img");
    }

    private void restore(boolean overwrite, Watch watch) throws Exception {
        bench.datastore().restore(point, target, overwrite ? RestoreOptions.OVERWRITE : RestoreOptions.NEW_FILE, watch);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(targets)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void leavesAFileAloneThatExists() throws Exception {
        Files.writeString(target, "precious");

        assertThrows(RestoreTargetExistsException.class, () -> restore(false, Watch.NONE));

        assertEquals("precious", Files.readString(target));
        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void leavesALinkAloneThatLeadsNowhere() throws Exception {
        Files.createSymbolicLink(target, targets.resolve("absent"));

        assertThrows(RestoreTargetExistsException.class, () -> restore(false, Watch.NONE));

        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void leavesAFileAloneThatAppearsMeanwhile() throws Exception {
        Watch intruder = new Watch() {
            private int reports;

            // The first report comes before the restore has looked at its target, the last before it gives the name.
            @Override
            public void progress(long doneBytes, long totalBytes) {
                if (++reports == 2) {
                    try {
                        Files.writeString(target, "precious");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };

        assertThrows(RestoreTargetExistsException.class, () -> restore(false, intruder));

        assertEquals("precious", Files.readString(target));
        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void replacesAFileWhenAllowedTo() throws Exception {
        Files.writeString(target, "not precious");

        restore(true, Watch.NONE);

        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void refusesDirectoriesAndMissingOnes() throws Exception {
        Files.createDirectory(target);

        assertThrows(RestoreTargetExistsException.class, () -> restore(true, Watch.NONE));
        assertThrows(
                NoSuchFileException.class,
                () -> bench.datastore()
                        .restore(point, targets.resolve("absent/disk.img"), RestoreOptions.NEW_FILE, Watch.NONE));
        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void leavesNothingWhenItIsCancelled() throws Exception {
        Files.writeString(target, "old");
        Watch impatient = new Watch() {
            private long done;

            @Override
            public void progress(long doneBytes, long totalBytes) {
                done = doneBytes;
            }

            @Override
            public boolean cancelled() {
                return done > 0;
            }
        };

        assertThrows(CancellationException.class, () -> restore(true, impatient));

        assertEquals("old", Files.readString(target));
        assertEquals(List.of("disk.img"), left());
    }

    @Test
    void leavesNothingWhenTheDatastoreIsDamaged() throws Exception {
        try (Stream<Path> packs = Files.walk(directory.resolve("store/packs"))) {
            for (Path pack : packs.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[bytes.length / 2] ^= 1;
                Files.write(pack, bytes);
            }
        }

        CorruptDatastoreException error =
                assertThrows(CorruptDatastoreException.class, () -> restore(false, Watch.NONE));

        assertTrue(error.getMessage().startsWith("Recovery point 1 of disk, bytes "), error.getMessage());
        assertEquals(List.of(), left());
    }

    @Test
    void refusesARecoveryPointThatWasRemoved() throws Exception {
        assertTrue(bench.datastore().removeRecoveryPoint("disk", point.id()));
        assertFalse(bench.datastore().removeRecoveryPoint("disk", point.id()));
        assertFalse(bench.datastore().removeRecoveryPoint("never", point.id()));

        assertThrows(PointNotFoundException.class, () -> restore(false, Watch.NONE));
        assertEquals(List.of(), left());
    }

    @Test
    void reportsProgressInWrittenBytes() throws Exception {
        List<Long> done = new ArrayList<>();
        restore(false, new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {
                assertEquals(CONTENT.length, totalBytes);
                done.add(doneBytes);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });

        assertEquals(0, done.getFirst());
        assertEquals(CONTENT.length, done.getLast());
        assertEquals(done.stream().sorted().distinct().toList(), done);
    }
}
