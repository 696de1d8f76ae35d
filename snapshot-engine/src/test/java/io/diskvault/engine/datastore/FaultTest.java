package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerCut;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.ShortWriteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Lets each call of each kind of work fail in turn, once or from then on for ever: the work fails clearly, nothing
/// that was committed is harmed, not by a power cut right afterwards either, no file is synced again, and the same
/// work succeeds when the fault is gone.
class FaultTest {

    /// How storage fails.
    enum Fault {
        INPUT_OUTPUT_ERROR("Input/output error", EnumSet.allOf(Operation.Kind.class)),
        DISK_FULL(
                "No space left on device",
                EnumSet.of(
                        Operation.Kind.CREATE,
                        Operation.Kind.WRITE,
                        Operation.Kind.SET_LENGTH,
                        Operation.Kind.SYNC,
                        Operation.Kind.PUBLISH,
                        Operation.Kind.REPLACE,
                        Operation.Kind.CREATE_DIRECTORY,
                        Operation.Kind.SYNC_DIRECTORY)),
        SHORT_WRITE("No space left on device", EnumSet.of(Operation.Kind.WRITE));

        private final String message;
        private final Set<Operation.Kind> kinds;

        Fault(String message, Set<Operation.Kind> kinds) {
            this.message = message;
            this.kinds = kinds;
        }

        private IOException exception() {
            return this == SHORT_WRITE ? new ShortWriteException(message) : new IOException(message);
        }
    }

    /// Fails one call, or that one and all after it. Each failure is another exception object, as in life.
    private static final class Failing implements PowerLossDirectory.Fate {

        private final Fault fault;
        private final int which;
        private final boolean forEver;
        private int calls;

        @Nullable
        Operation hit;

        Failing(Fault fault, int which, boolean forEver) {
            this.fault = fault;
            this.which = which;
            this.forEver = forEver;
        }

        @Override
        public void before(int number, Operation operation) throws IOException {
            if (fault.kinds.contains(operation.kind())) {
                int call = calls++;
                if (call == which || (forEver && call > which)) {
                    hit = hit == null ? operation : hit;
                    throw fault.exception();
                }
            }
        }
    }

    private static final PowerLossDirectory.Fate NONE = (_, _) -> {};

    private static final Set<Operation.Kind> MUST_FAIL_ALWAYS = EnumSet.of(Operation.Kind.OPEN, Operation.Kind.READ);

    private static final int THREADS = 2;

    /// How many of the states after a power cut are looked at that follow one fault; [CrashTest] is about the others.
    private static final int STATES_MAX = 2;

    @TempDir
    Path directory;

    private KeyFile key;
    private CrashCheck check;

    @BeforeEach
    void makeKey() throws IOException {
        key = KeyFile.create(directory.resolve("key"));
        check = new CrashCheck(key);
    }

    private CrashWorld after(CrashStep... steps) throws IOException, DatastoreException {
        CrashWorld world = CrashWorld.empty(key);
        for (CrashStep step : steps) {
            CrashWorld begun = step.begun(step.prepared(world, key), NONE);
            step.run(begun, key, 1);
            world = step.done(begun);
        }
        return world;
    }

    private List<CrashWorld> starts() throws IOException, DatastoreException {
        return List.of(
                after(),
                after(CrashStep.BACK_UP),
                after(CrashStep.BACK_UP, CrashStep.VERIFY_DAMAGED),
                after(CrashStep.BACK_UP, CrashStep.BACK_UP_ANOTHER_DISK, CrashStep.RESTORE, CrashStep.REMOVE));
    }

    @Test
    void failsClearlyWhenAnyCallFailsAndSucceedsAfterwards(TestInfo test) throws Exception {
        Map<CrashStep, Future<Tally>> tallies = new EnumMap<>(CrashStep.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (CrashStep step : CrashStep.values()) {
                tallies.put(step, threads.submit(() -> failEachCall(step)));
            }
        }
        System.out.println(test.getDisplayName() + ":");
        Map<Operation.Kind, Integer> failed = new TreeMap<>();
        for (Map.Entry<CrashStep, Future<Tally>> entry : tallies.entrySet()) {
            Tally tally = entry.getValue().get();
            System.out.println("  " + entry.getKey() + ": " + tally);
            assertTrue(tally.failed.keySet().containsAll(MUST_FAIL_ALWAYS), () -> entry.getKey() + ": " + tally);
            tally.failed.forEach((kind, count) -> failed.merge(kind, count, Integer::sum));
        }
        assertTrue(failed.keySet().containsAll(EnumSet.allOf(Operation.Kind.class)), () -> "Only these: " + failed);
    }

    private Tally failEachCall(CrashStep step) throws IOException, DatastoreException {
        Tally tally = new Tally();
        for (CrashWorld world : starts()) {
            if (step.isPossible(world)) {
                CrashWorld prepared = step.prepared(world, key);
                for (Fault fault : Fault.values()) {
                    failEachCall(prepared, step, fault, false, tally);
                    failEachCall(prepared, step, fault, true, tally);
                }
            }
        }
        return tally;
    }

    private void failEachCall(CrashWorld world, CrashStep step, Fault fault, boolean forEver, Tally tally) {
        boolean hit = true;
        for (int call = 0; hit; call++) {
            Failing failing = new Failing(fault, call, forEver);
            try {
                failOneCall(world, step, failing, tally);
            } catch (IOException | DatastoreException | RuntimeException | AssertionError e) {
                throw new AssertionError(
                        step + " after " + world.history() + " with " + fault + (forEver ? " for ever from" : " at")
                                + " call " + call + ", " + failing.hit,
                        e);
            }
            hit = failing.hit != null;
        }
    }

    private void failOneCall(CrashWorld world, CrashStep step, Failing failing, Tally tally)
            throws IOException, DatastoreException {
        CrashWorld begun = step.begun(world, failing);
        boolean ended = succeeds(step, begun, failing);
        if (failing.hit == null) {
            assertTrue(ended);
            return;
        }
        (ended ? tally.endured : tally.failed).merge(failing.hit.kind(), 1, Integer::sum);
        if (!failing.forEver) {
            assertEquals(0, unfinished(begun.files()), "Unfinished files were left behind.");
        }
        CrashWorld after = step.done(begun);
        int changes = begun.files().changeCount();
        List<PowerCut.State> fresh = new ArrayList<>();
        begun.files().cutAfter(changes, state -> {
            if (fresh.size() < (failing.forEver ? 1 : STATES_MAX) && tally.states.add(state.digest() + ended)) {
                fresh.add(state);
            }
        });
        for (PowerCut.State state : fresh) {
            checkState(state, world, after, ended);
        }
        checkNextAttempt(begun, step);
    }

    /// Whether the work succeeds; if not, it says what the storage said.
    private boolean succeeds(CrashStep step, CrashWorld begun, Failing failing) throws DatastoreException {
        try {
            step.run(begun, key, 1);
            return true;
        } catch (CrashStep.NotVerifiedException e) {
            assertTrue(e.toString().contains(failing.fault.message), e.toString());
            return false;
        } catch (IOException e) {
            assertEquals(failing.fault.message, e.getMessage());
            return false;
        }
    }

    private static long unfinished(PowerLossDirectory files) throws IOException {
        return CrashCheck.unfinished(files.fork(NONE), "");
    }

    private void checkState(PowerCut.State state, CrashWorld before, CrashWorld after, boolean ended) {
        try {
            check.check(PowerLossDirectory.of(state), before, after, ended);
        } catch (IOException | DatastoreException e) {
            throw new AssertionError(
                    "With " + state.losses() + " and " + state.files().keySet(), e);
        }
    }

    /// The fault is gone, and the same work is done on what the failed attempt left.
    private void checkNextAttempt(CrashWorld begun, CrashStep step) throws IOException, DatastoreException {
        PowerLossDirectory files = begun.files().fork(NONE);
        CrashWorld again =
                new CrashWorld(files, begun.points(), CrashCheck.target(files), begun.history(), begun.damage());
        step.run(again, key, 2);
        check.look(files, step.done(again));
    }

    /// What was hit while one kind of work was done.
    private static final class Tally {

        private final Map<Operation.Kind, Integer> failed = new TreeMap<>();

        /// Calls whose failure did not keep the work from succeeding.
        private final Map<Operation.Kind, Integer> endured = new TreeMap<>();

        private final Set<String> states = new HashSet<>();

        @Override
        public String toString() {
            return "failed by " + failed + ", endured " + endured + ", " + states.size()
                    + " distinct states after a power cut on top of it";
        }
    }
}
