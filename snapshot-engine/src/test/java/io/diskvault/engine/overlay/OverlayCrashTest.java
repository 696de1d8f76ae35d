package io.diskvault.engine.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerCut;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cuts the power at every moment of writing to an overlay, and looks at everything that may be found then: what was
/// flushed, or anything that was written there since, sector by sector, and nothing else.
class OverlayCrashTest {

    private static final int SECTOR = 512;
    private static final int BLOCK = 1024;
    private static final int SIZE = 5 * BLOCK + 300;
    private static final String NAME = "overlay";
    private static final OverlayHeader HEADER = new OverlayHeader("d", "web-1", "p", "c", SIZE, BLOCK);

    private final MemoryBase base = MemoryBase.of(SIZE, BLOCK, 1);

    /// What the disk held after one operation.
    private static final class Step {

        /// How many changes of files there were before it, and how many afterwards.
        private final int begun;

        private final int done;
        private final boolean flush;
        private final byte[] content;

        private Step(int begun, int done, boolean flush, byte[] content) {
            this.begun = begun;
            this.done = done;
            this.flush = flush;
            this.content = content;
        }
    }

    private final List<Step> steps = new ArrayList<>();

    /// Writes, clears, trims and flushes at random.
    private PowerLossDirectory play(long seed, PowerLossDirectory.Fate fate) throws Exception {
        Random random = new Random(seed);
        PowerLossDirectory files = new PowerLossDirectory(fate);
        byte[] content = base.content().clone();
        DiskOverlay disk = DiskOverlay.create(base, files, NAME, HEADER);
        steps.add(new Step(0, files.changeCount(), true, content.clone()));
        for (int i = 0; i < 9; i++) {
            int begun = files.changeCount();
            int kind = random.nextInt(6);
            int offset = random.nextInt(SIZE);
            int length = Math.min(SIZE - offset, random.nextInt(2 * BLOCK) + 1);
            switch (kind) {
                case 0 -> disk.flush();
                case 1 -> {
                    disk.clear(offset, length, false);
                    Arrays.fill(content, offset, offset + length, (byte) 0);
                }
                case 2 -> {
                    int first = offset / BLOCK;
                    int from = first * BLOCK;
                    int to = Math.min(SIZE, from + BLOCK);
                    disk.trim(from, to - from);
                    Arrays.fill(content, from, to, (byte) 0);
                }
                default -> {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    disk.write(offset, ByteBuffer.wrap(bytes));
                    System.arraycopy(bytes, 0, content, offset, length);
                }
            }
            steps.add(new Step(begun, files.changeCount(), kind == 0, content.clone()));
        }
        int begun = files.changeCount();
        disk.close();
        steps.add(new Step(begun, files.changeCount(), true, content.clone()));
        return files;
    }

    private void check(int changes, PowerCut.State state) {
        try {
            PowerLossDirectory found = PowerLossDirectory.of(state);
            boolean made = steps.getFirst().done <= changes;
            DiskOverlay disk;
            try {
                disk = DiskOverlay.open(base, found, NAME, HEADER);
            } catch (OverlayUnusableException e) {
                assertFalse(made, "It is gone.");
                DiskOverlay.create(base, found, NAME, HEADER).close();
                return;
            }
            byte[] content = new byte[SIZE];
            disk.read(0, ByteBuffer.wrap(content));
            check(changes, content);
            checkThatItGoesOn(disk, content);
        } catch (Exception e) {
            throw new AssertionError("After change " + changes + " and " + state.losses(), e);
        }
    }

    private void check(int changes, byte[] content) {
        int flushed = 0;
        int begun = 0;
        for (int i = 0; i < steps.size(); i++) {
            flushed = steps.get(i).flush && steps.get(i).done <= changes ? i : flushed;
            begun = steps.get(i).begun <= changes ? i : begun;
        }
        for (int at = 0; at < SIZE; at += SECTOR) {
            byte[] sector = sector(content, at);
            boolean possible = false;
            for (Step step : steps.subList(flushed, begun + 1)) {
                possible |= Arrays.equals(sector, sector(step.content, at));
            }
            int place = at;
            int since = flushed;
            assertTrue(possible, () -> "The sector at " + place + " is nothing of what it was since step " + since);
        }
    }

    private static byte[] sector(byte[] content, int at) {
        return Arrays.copyOfRange(content, at, Math.min(SIZE, at + SECTOR));
    }

    /// A part of a block that is written now changes nothing beside it, whatever was left at its place.
    private void checkThatItGoesOn(DiskOverlay disk, byte[] content) throws Exception {
        for (int at = 7; at < SIZE; at += BLOCK) {
            disk.write(at, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            System.arraycopy(new byte[] {1, 2, 3}, 0, content, at, 3);
        }
        disk.flush();
        ByteBuffer after = ByteBuffer.allocate(SIZE);
        disk.read(0, after);
        assertEquals(-1, ByteBuffer.wrap(content).mismatch(after.flip()));
        disk.close();
    }

    private int cutEverywhere(PowerLossDirectory files) throws Exception {
        Set<String> seen = new HashSet<>();
        files.cutEverywhere((changes, state) -> {
            if (seen.add(state.digest() + changes)) {
                check(changes, state);
            }
        });
        return seen.size();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWasFlushedIsThereAfterAPowerCutAnywhere(long seed) throws Exception {
        int states = cutEverywhere(play(seed, (_, _) -> {}));

        assertTrue(states > 50, "states: " + states);
    }

    /// Of what this test is worth: each sync of a flush is left out in turn, and that is noticed.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noticesSyncsThatAreForgotten(int which) {
        assertThrows(AssertionError.class, () -> {
            for (long seed = 1; seed <= 8; seed++) {
                steps.clear();
                int[] syncs = new int[1];
                boolean[] page = new boolean[1];
                cutEverywhere(play(seed, (_, operation) -> {
                    if (!operation.name().equals("." + NAME + ".unfinished")) {
                        return;
                    }
                    // The first sync is that of the header, the second of two is that after the pages.
                    boolean sync = operation.kind() == Operation.Kind.SYNC;
                    boolean second = sync && page[0];
                    if (sync) {
                        page[0] = !page[0];
                    }
                    if (sync && syncs[0]++ > 0 && second == (which == 1)) {
                        throw new PowerLossDirectory.ForgottenException();
                    }
                }));
            }
        });
    }

    @Test
    void anotherOneCanBeMadeWhereOneWasNotFinished() throws Exception {
        for (int step = 0; ; step++) {
            PowerLossDirectory files = new PowerLossDirectory(PowerLossDirectory.losingPowerBefore(step));
            try {
                DiskOverlay.create(base, files, NAME, HEADER);
            } catch (PowerLossDirectory.PowerLostException e) {
                for (PowerLossDirectory survivor : files.survivors()) {
                    if (!survivor.exists(NAME)) {
                        DiskOverlay.create(base, survivor, NAME, HEADER).close();
                    }
                    DiskOverlay.open(base, survivor, NAME, HEADER).close();
                    assertEquals(List.of(NAME), survivor.list(""));
                }
                continue;
            }
            assertTrue(step > 3);
            return;
        }
    }
}
