package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that collect one datastore at the same time, or beside a backup.
class CollectingProcessesTest {

    private static final int ROUNDS = 8;

    /// How many recovery points of a disk are kept.
    private static final int KEPT = 2;

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void makeADatastore() throws Exception {
        bench = Workbench.in(directory);
    }

    private CollectingProcess start(String name) throws IOException {
        return new CollectingProcess(directory, directory.resolve(name + ".log"));
    }

    private void backUp(String disk, int time) throws Exception {
        bench.backUp(disk, "" + time, CollectingProcess.content(disk, time));
    }

    private void removeOld(String disk, int time) throws Exception {
        if (time > KEPT) {
            bench.datastore().removeRecoveryPoint(disk, new RecoveryPointId("" + (time - KEPT)));
        }
    }

    private void checkEverything() throws Exception {
        VerifyResult result = bench.datastore().verify(VerifyOptions.FULL, Watch.NONE);
        assertTrue(result.isClean(), result::toString);
        for (RecoveryPoint point : bench.datastore().recoveryPoints()) {
            assertArrayEquals(
                    CollectingProcess.content(
                            point.disk(), Integer.parseInt(point.id().value())),
                    bench.restored(point),
                    () -> point.disk() + "/" + point.id());
        }
        try (Stream<Path> leases = Files.list(directory.resolve("store/leases"))) {
            assertEquals(List.of(), leases.toList());
        }
    }

    @Test
    void twoCollectionsAtOnceLoseNothing() throws Exception {
        long deleted = 0;
        try (CollectingProcess one = start("one");
                CollectingProcess other = start("other")) {
            for (int round = 1; round <= ROUNDS; round++) {
                backUp("a", round);
                backUp("bb", round);
                removeOld("a", round);
                removeOld("bb", round);
                one.order("collect");
                other.order("collect");
                deleted += one.done() + other.done();
                checkEverything();
            }
        }
        assertTrue(deleted >= ROUNDS, deleted + " packs deleted");
        assertEquals(2 * KEPT, bench.datastore().recoveryPoints().size());
    }

    @Test
    void aCollectionBesideABackupLosesNothing() throws Exception {
        long deleted = 0;
        try (CollectingProcess collector = start("collector");
                CollectingProcess writer = start("writer")) {
            for (int round = 1; round <= ROUNDS; round++) {
                backUp("a", round);
                removeOld("a", round);
                removeOld("bb", round);
                writer.order("backup bb " + round);
                collector.order("collect");
                long stored = writer.done();
                assertTrue(stored > 0, "Nothing was backed up.");
                deleted += collector.done();
                checkEverything();
            }
        }
        assertTrue(deleted > 0, "Nothing was ever deleted.");
        assertEquals(2 * KEPT, bench.datastore().recoveryPoints().size());
    }
}
