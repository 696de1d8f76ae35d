package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real process in the middle of a backup, so that it can clean nothing up.
class KilledProcessTest {

    private static final int DISK_BYTES = 60 << 20;
    private static final long SEED = 2;

    /// Late enough that whole packs are there.
    private static final int STOP_AT = 50 << 20;

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void makeADatastore() throws Exception {
        bench = Workbench.in(directory);
    }

    /// The process that is killed: backs a disk up until it has read most of it, says so, and waits for its end.
    static final class Victim {

        private Victim() {}

        /// @param arguments the directory of the workbench
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            try (Datastore datastore =
                    Datastore.open(directory.resolve("store"), KeyFile.read(directory.resolve("key")))) {
                datastore.backUp(Workbench.request("disk", "1"), new StallingDisk(), Watch.NONE);
            }
        }
    }

    /// Never gives what comes after a place.
    private static final class StallingDisk implements DiskSource {

        private final DiskSource disk = new FakeDisk(noise(DISK_BYTES, SEED));

        @Override
        public long sizeBytes() {
            return disk.sizeBytes();
        }

        @Override
        public Optional<Extent> dataFrom(long offset) throws IOException {
            return disk.dataFrom(offset);
        }

        @Override
        public void read(ByteBuffer into, long offset) throws IOException {
            if (offset + into.remaining() > STOP_AT) {
                System.out.write('!');
                System.out.flush();
                // Nobody writes to it: so this waits until the process is killed.
                int nothing = System.in.read();
                throw new IOException("The parent died: " + nothing);
            }
            disk.read(into, offset);
        }

        @Override
        public boolean changedSinceOpened() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static Process startVictim(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString())
                .redirectError(directory.resolve("victim.log").toFile())
                .start();
    }

    private void killABackup() throws Exception {
        Process victim = startVictim(directory);
        Directory store = new LocalDirectory(directory.resolve("store"));
        try {
            boolean stalled = false;
            for (int read = victim.getInputStream().read();
                    read >= 0 && !stalled;
                    read = stalled ? read : victim.getInputStream().read()) {
                stalled = read == '!';
            }
            assertTrue(stalled, () -> "The other process ended too early: " + log());
            assertFalse(store.deleteAbandoned(lease()), "The lease of a process that lives was taken for dead.");
        } finally {
            // SIGKILL.
            victim.destroyForcibly();
        }
        assertNotEquals(0, victim.waitFor());
        String dead = lease();
        assertTrue(store.deleteAbandoned(dead), "The lease of a killed process was taken for one of a living.");
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("victim.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String lease() throws IOException {
        List<String> leases = files(".lease");
        assertEquals(1, leases.size());
        return "leases/" + leases.getFirst();
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .toList();
        }
    }

    @Test
    void whatAKilledBackupLeavesHarmsNobody() throws Exception {
        byte[] before = noise(3 << 20, 1);
        RecoveryPoint kept = bench.backUp("other", "0", before).point();

        killABackup();

        assertNotEquals(List.of(), files(".unfinished"), "The backup was not in the middle of anything.");
        assertEquals(List.of(kept), bench.datastore().recoveryPoints());
        assertArrayEquals(before, bench.restored(kept));

        byte[] content = noise(DISK_BYTES, SEED);
        RecoveryPoint point = bench.backUp("disk", "1", content).point();
        assertArrayEquals(content, bench.restored(point));
        assertArrayEquals(before, bench.restored(kept));
    }
}
