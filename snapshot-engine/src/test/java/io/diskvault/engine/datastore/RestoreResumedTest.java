package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restores to a new file, after another one of the same key was killed.
class RestoreResumedTest {

    private static final RestoreOptions OPTIONS = RestoreOptions.NEW_FILE.resumableAs("job-1");

    /// The name stands for the key, and must stay the same over versions of the program.
    private static final String UNFINISHED = ".disk.img.026ab639.resumable-diskvault-restore";

    private static final int SIZE = 200 * CHUNK + 5;

    /// Where the killed process is: nine tenths of the 130 chunks that hold data.
    private static final long STALLED_AT = 117L * CHUNK;

    @TempDir
    Path directory;

    @TempDir
    Path targets;

    private byte[] content = new byte[0];
    private Workbench bench;
    private RecoveryPoint point;
    private Path target;

    @BeforeEach
    void backUp() throws Exception {
        content = noise(SIZE, 1);
        Arrays.fill(content, 20 * CHUNK, 90 * CHUNK, (byte) 0);
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", content).point();
        target = targets.resolve("disk.img");
    }

    /// Notes whether a restore says that it goes on with another's work, and may stop it.
    private static class Notes implements Watch {

        private boolean resumed;
        private long done;

        @Override
        public void progress(long doneBytes, long totalBytes) {
            done = doneBytes;
        }

        @Override
        public void resumed() {
            resumed = true;
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private RestoreResult restore(Watch watch) throws Exception {
        return bench.datastore().restore(point, target, OPTIONS, watch);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(targets)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void assertRestored() throws IOException {
        assertArrayEquals(content, Files.readAllBytes(target));
        assertEquals(List.of("disk.img"), left());
        try (DiskSource source = DiskSource.open(target)) {
            assertEquals(20L * CHUNK, source.dataFrom(0).orElseThrow().end());
        }
    }

    /// The process that is killed: restores most of the disk, says so, and waits for its end.
    static final class Victim {

        private Victim() {}

        /// @param arguments the directory of the workbench, and the target
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            try (Datastore datastore =
                    Datastore.open(directory.resolve("store"), KeyFile.read(directory.resolve("key")))) {
                datastore.restore(
                        datastore.recoveryPoints().getFirst(), Path.of(arguments[1]), OPTIONS, new Stalling());
            }
        }
    }

    /// Never lets a restore go on that has come far.
    private static final class Stalling extends Notes {

        @Override
        public boolean cancelled() {
            if (super.done < STALLED_AT) {
                return false;
            }
            System.out.write('!');
            System.out.flush();
            try {
                // Nobody writes to it: so this waits until the process is killed.
                throw new IllegalStateException("The parent died: " + System.in.read());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void killARestore() throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        target.toString())
                .redirectError(directory.resolve("victim.log").toFile())
                .start();
        try {
            int said = victim.getInputStream().read();
            while (said >= 0 && said != '!') {
                said = victim.getInputStream().read();
            }
            assertEquals('!', said, () -> "The other process ended too early: " + directory.resolve("victim.log"));
            assertThrows(FileInUseException.class, () -> restore(Watch.NONE));
        } finally {
            // SIGKILL.
            victim.destroyForcibly();
        }
        assertNotEquals(0, victim.waitFor());
    }

    @Test
    void goesOnWithWhatAKilledProcessHasWritten() throws Exception {
        killARestore();
        assertEquals(List.of(UNFINISHED), left());

        Notes notes = new Notes();
        RestoreResult result = restore(notes);

        assertTrue(result.resumed() && notes.resumed);
        assertTrue(result.keptBytes() >= STALLED_AT, result::toString);
        assertEquals(point.usedBytes(), result.keptBytes() + result.writtenBytes());
        assertRestored();
    }

    @Test
    void trustsNothingOfWhatItFinds() throws Exception {
        byte[] found = content.clone();
        System.arraycopy(noise(CHUNK, 9), 0, found, 3 * CHUNK, CHUNK);
        Arrays.fill(found, 30 * CHUNK, 30 * CHUNK + 100, (byte) 1);
        Arrays.fill(found, 100 * CHUNK, 140 * CHUNK, (byte) 0);
        Files.write(targets.resolve(UNFINISHED), found);

        RestoreResult result = restore(Watch.NONE);

        assertEquals(42L * CHUNK, result.writtenBytes());
        assertArrayEquals(content, Files.readAllBytes(target));
    }

    @Test
    void takesUpAFileOfAnyLength() throws Exception {
        for (int length : new int[] {0, 1, 7 * CHUNK + 3, SIZE + 100_000}) {
            Files.write(targets.resolve(UNFINISHED), Arrays.copyOf(content, length));

            assertTrue(restore(Watch.NONE).resumed());

            assertArrayEquals(content, Files.readAllBytes(target));
            Files.delete(target);
        }
    }

    @Test
    void leavesNothingWhenItIsCancelled() throws Exception {
        Files.write(targets.resolve(UNFINISHED), Arrays.copyOf(content, 50 * CHUNK));
        Notes impatient = new Notes() {
            @Override
            public boolean cancelled() {
                return super.done > 0;
            }
        };

        assertThrows(CancellationException.class, () -> restore(impatient));

        assertEquals(List.of(), left());
    }

    @Test
    void leavesWhatItHasWrittenForTheNextAttemptWhenThereWillBeOne() throws Exception {
        for (int attempt = 1; attempt <= 2; attempt++) {
            long enough = attempt * 40L * CHUNK;
            Notes stopping = new Notes() {
                @Override
                public boolean cancelled() {
                    return super.done >= enough;
                }

                @Override
                public boolean continued() {
                    return true;
                }
            };
            assertThrows(CancellationException.class, () -> restore(stopping));
            assertEquals(List.of(UNFINISHED), left());
        }

        RestoreResult result = restore(Watch.NONE);

        assertTrue(result.resumed());
        assertTrue(result.keptBytes() >= 80L * CHUNK, result::toString);
        assertRestored();
    }

    @Test
    void leavesNothingThatNobodyCouldGoOnWith() throws Exception {
        Watch stopping = new Notes() {
            @Override
            public boolean cancelled() {
                return super.done > 0;
            }

            @Override
            public boolean continued() {
                return true;
            }
        };

        assertThrows(
                CancellationException.class,
                () -> bench.datastore().restore(point, target, RestoreOptions.NEW_FILE, stopping));

        assertEquals(List.of(), left());
    }

    @Test
    void isNewWhereNothingWasLeft() throws Exception {
        Notes notes = new Notes();

        assertFalse(restore(notes).resumed());

        assertFalse(notes.resumed);
        assertRestored();
    }

    @Test
    void goesOnOnlyWithItsOwnKey() throws Exception {
        Files.write(targets.resolve(UNFINISHED), content);

        RestoreResult result =
                bench.datastore().restore(point, target, RestoreOptions.NEW_FILE.resumableAs("job-2"), Watch.NONE);

        assertFalse(result.resumed());
        assertEquals(0, result.keptBytes());
        assertEquals(2, left().size());
    }

    @Test
    void givesUpWhatIsDamagedAlsoWhereSomethingWasFound() throws Exception {
        byte[] found = noise(SIZE, 5);
        System.arraycopy(content, 10 * CHUNK, found, 10 * CHUNK, CHUNK);
        Files.write(targets.resolve(UNFINISHED), found);
        List<Path> packs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve("store/packs"))) {
            files.filter(Files::isRegularFile).forEach(packs::add);
        }
        for (Path pack : packs) {
            byte[] bytes = Files.readAllBytes(pack);
            if (bytes.length > CHUNK) {
                for (int at = CHUNK / 2; at < bytes.length - CHUNK / 2; at += CHUNK / 4) {
                    bytes[at] ^= 1;
                }
                Files.write(pack, bytes);
            }
        }

        RestoreResult result = bench.datastore().restore(point, target, OPTIONS.continuingOnDamage(), Watch.NONE);

        // The last block, which is a few bytes, was missed.
        byte[] rest = new byte[SIZE];
        System.arraycopy(content, 10 * CHUNK, rest, 10 * CHUNK, CHUNK);
        System.arraycopy(content, 200 * CHUNK, rest, 200 * CHUNK, 5);
        assertArrayEquals(rest, Files.readAllBytes(target));
        assertEquals(3, result.damaged().ranges().size());
        assertEquals(point.usedBytes() - CHUNK - 5, result.damaged().bytes());
    }

    @Test
    void removesWhatNobodyWillGoOnWith() throws Exception {
        LocalDirectory files = new LocalDirectory(targets);
        assertTrue(RestoreTarget.removeUnfinished(files, "disk.img", "job-1"));
        try (RestoreTarget alive = RestoreTarget.open(target, SIZE, OPTIONS, _ -> {})) {
            assertFalse(alive.isResumed());
            assertFalse(RestoreTarget.removeUnfinished(files, "disk.img", "job-1"));
        }
        Files.write(targets.resolve(UNFINISHED), content);

        assertTrue(RestoreTarget.removeUnfinished(files, "disk.img", "job-1"));

        assertEquals(List.of(), left());
        bench.datastore()
                .restore(point, size -> RestoreTarget.open(target, size, OPTIONS, _ -> {}), OnDamage.FAIL, Watch.NONE);
        assertRestored();
    }
}
