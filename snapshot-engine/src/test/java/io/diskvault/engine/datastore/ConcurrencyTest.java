package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.source.FakeDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(directory);
    }

    @Test
    void backsUpSeveralDisksAtOnceThatShareContent() throws Exception {
        int disks = 6;
        List<Future<BackupResult>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(disks)) {
            for (int i = 0; i < disks; i++) {
                String disk = "disk-" + i;
                byte[] content = content(i);
                // Every second one through a datastore of its own, as another process would.
                Datastore datastore = i % 2 == 0
                        ? bench.datastore()
                        : Datastore.open(bench.datastore().directory(), bench.key());
                results.add(executor.submit(
                        () -> datastore.backUp(Workbench.request(disk, "1"), new FakeDisk(content), Watch.NONE)));
            }
        }
        for (int i = 0; i < disks; i++) {
            assertArrayEquals(content(i), bench.restored(results.get(i).get().point()));
        }
        assertEquals(disks, bench.datastore().recoveryPoints().size());
    }

    private static byte[] content(int disk) {
        byte[] content = noise(3_000_000, 1);
        content[disk * 100_000] ^= 1;
        return content;
    }

    @Test
    void makesOneRecoveryPointOfAttemptsThatRace() throws Exception {
        int attempts = 4;
        byte[] content = noise(2_000_000, 2);
        List<Future<BackupResult>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(attempts)) {
            for (int i = 0; i < attempts; i++) {
                results.add(executor.submit(() -> bench.backUp("disk", "1", content)));
            }
        }
        int made = 0;
        for (Future<BackupResult> result : results) {
            assertEquals(results.getFirst().get().point(), result.get().point());
            made += result.get().adopted() ? 0 : 1;
        }
        assertEquals(1, made);
        assertArrayEquals(content, bench.restored(results.getFirst().get().point()));
    }

    @Test
    void leavesNoRecoveryPointAndNoUnfinishedFileWhenCancelled() throws Exception {
        byte[] content = noise(30_000_000, 3);
        Watch impatient = new Watch() {
            private long done;

            @Override
            public void progress(long doneBytes, long totalBytes) {
                done = doneBytes;
            }

            @Override
            public boolean cancelled() {
                return done > 5_000_000;
            }
        };

        assertThrows(
                CancellationException.class,
                () -> bench.datastore().backUp(Workbench.request("disk", "1"), new FakeDisk(content), impatient));

        assertEquals(List.of(), bench.datastore().recoveryPoints());
        assertEquals(List.of(), unfinished());
        assertArrayEquals(
                content, bench.restored(bench.backUp("disk", "1", content).point()));
    }

    @Test
    void leavesNoRecoveryPointAndNoUnfinishedFileWhenTheDiskCannotBeRead() throws Exception {
        byte[] content = noise(10_000_000, 4);
        FakeDisk broken = new FakeDisk(content);
        broken.failReadsFrom(7_000_000);

        IOException failure = assertThrows(IOException.class, () -> bench.backUp("disk", "1", broken));

        assertEquals("Input/output error", failure.getMessage());
        assertEquals(List.of(), bench.datastore().recoveryPoints());
        assertEquals(List.of(), unfinished());
    }

    @Test
    void reportsProgressInReadBytes() throws Exception {
        byte[] content = noise(12_000_000, 5);
        List<Long> done = new ArrayList<>();
        Watch watch = new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {
                assertEquals(content.length, totalBytes);
                done.add(doneBytes);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };

        bench.datastore().backUp(Workbench.request("disk", "1"), new FakeDisk(content), watch);

        assertEquals(0, done.getFirst());
        assertEquals(content.length, done.getLast());
        assertEquals(done.stream().sorted().distinct().toList(), done);
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.walk(bench.datastore().directory())) {
            return files.filter(file -> file.toString().contains("unfinished")).toList();
        }
    }
}
