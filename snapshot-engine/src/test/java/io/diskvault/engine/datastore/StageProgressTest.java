package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.work.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What those are told who watch work that is counted in stages.
class StageProgressTest implements Watch {

    @TempDir
    Path path;

    private record Reached(Stage stage, long done, long total) {}

    private final List<Reached> reached = new ArrayList<>();
    private long plainDone;
    private long plainTotal;
    private Workbench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(path);
    }

    @Override
    public void progress(long doneBytes, long totalBytes) {
        assertEquals(List.of(), reached, "stages come last");
        plainDone = doneBytes;
        plainTotal = totalBytes;
    }

    @Override
    public void progress(Stage stage, long doneBytes, long totalBytes) {
        reached.add(new Reached(stage, doneBytes, totalBytes));
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    /// The stages, each as often as it was begun. Each must have grown to its total.
    private List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        Reached before = new Reached(Stage.MARKING, 0, 0);
        for (Reached now : reached) {
            assertTrue(now.done >= 0 && now.done <= now.total, now.toString());
            if (before.done == before.total) {
                stages.add(now.stage);
            } else {
                assertTrue(now.stage == before.stage && now.done > before.done, now.toString());
                assertEquals(before.total, now.total);
            }
            before = now;
        }
        assertEquals(before.total, before.done);
        return stages;
    }

    @Test
    void aCollectionTellsHowMuchItHasMarkedAndSwept() throws Exception {
        bench.backUp("disk", "1", noise(8 * CHUNK, 1));
        bench.backUp("disk", "2", noise(8 * CHUNK, 2));
        bench.datastore().removeRecoveryPoint("disk", new RecoveryPointId("1"));

        bench.datastore().collect(CollectOptions.DEFAULT, this);

        assertEquals(List.of(Stage.MARKING, Stage.MARKING, Stage.SWEEPING), stages());
        assertTrue(reached.size() > 4, reached.toString());
    }

    @Test
    void aRehearsalTellsHowMuchItHasMarked() throws Exception {
        bench.backUp("disk", "1", noise(8 * CHUNK, 1));

        bench.datastore().collect(CollectOptions.DRY_RUN, this);

        assertEquals(List.of(Stage.MARKING), stages());
    }

    @Test
    void aBackupThatMergesTheIndexSaysSo() throws Exception {
        int merges = 0;
        for (int i = 1; i <= 8; i++) {
            reached.clear();
            bench.datastore().backUp(Workbench.request("disk-" + i, "1"), new FakeDisk(noise(CHUNK, i)), this);
            assertEquals(plainTotal, plainDone);
            merges += stages().equals(List.of(Stage.MERGING_INDEX)) ? 1 : 0;
        }
        assertEquals(1, merges);
    }
}
