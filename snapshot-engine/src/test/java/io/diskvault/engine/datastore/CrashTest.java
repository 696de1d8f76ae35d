package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.storage.DirectoryBelow;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerCut;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cuts the power at every moment of every kind of work, looks at everything that may be found then, and goes on.
///
/// All sequences of one and of two operations are interrupted everywhere in their last one; and of three operations
/// those in which there is none of `PAIRS_ONLY`, or that begin with a backup. All sequences of three are with
/// `-Ddiskvault.crash.everything=true`.
class CrashTest {

    private static final boolean EVERYTHING = Boolean.getBoolean("diskvault.crash.everything");

    /// What changes the least of what the others rely on.
    private static final Set<CrashStep> PAIRS_ONLY =
            EnumSet.of(CrashStep.BACK_UP_AND_MERGE, CrashStep.VERIFY, CrashStep.VERIFY_DAMAGED);

    /// What changes nothing in a datastore: it does not matter what was done before.
    private static final Set<CrashStep> RESTORES = EnumSet.of(CrashStep.RESTORE_IN_PLACE, CrashStep.RESUME);

    private static final int RANDOM_HISTORIES = 40;
    private static final int RANDOM_STEPS = 12;
    private static final int THREADS = 2;

    private static final PowerLossDirectory.Fate NONE = (_, _) -> {};

    @TempDir
    Path directory;

    private final Map<List<CrashStep>, CrashWorld> worlds = new ConcurrentHashMap<>();
    private final CrashTally tally = new CrashTally();
    private KeyFile key;
    private CrashCheck check;

    @BeforeEach
    void makeAnEmptyWorld() throws IOException, DatastoreException {
        key = KeyFile.create(directory.resolve("key"));
        check = new CrashCheck(key);
        worlds.put(List.of(), CrashWorld.empty(key));
    }

    /// The world after some steps; null when one of them is not possible.
    private @Nullable CrashWorld after(List<CrashStep> steps) throws IOException, DatastoreException {
        CrashWorld known = worlds.get(steps);
        if (known != null) {
            return known;
        }
        CrashWorld before = after(steps.subList(0, steps.size() - 1));
        if (before == null || !steps.getLast().isPossible(before)) {
            return null;
        }
        CrashWorld prepared = steps.getLast().prepared(before, key);
        CrashWorld done = run(prepared, steps.getLast(), NONE);
        if (steps.getLast() == CrashStep.BACK_UP_AND_MERGE) {
            assertTrue(CrashDisk.fragmentCount(done) < CrashDisk.fragmentCount(prepared), "Nothing was merged.");
        }
        worlds.put(List.copyOf(steps), done);
        return done;
    }

    private CrashWorld empty() {
        return Objects.requireNonNull(worlds.get(List.of()));
    }

    private CrashWorld run(CrashWorld world, CrashStep step, PowerLossDirectory.Fate fate)
            throws IOException, DatastoreException {
        CrashWorld begun = step.begun(world, fate);
        step.run(begun, key, 1);
        return step.done(begun);
    }

    /// Cuts the power everywhere in the last of some steps, if they are possible.
    private void cutEverywhere(List<CrashStep> steps) throws IOException, DatastoreException {
        CrashWorld before = after(steps.subList(0, steps.size() - 1));
        CrashStep step = steps.getLast();
        if (before != null && step.isPossible(before)) {
            CrashWorld prepared = step.prepared(before, key);
            cutEverywhere(prepared, step, run(prepared, step, NONE));
        }
    }

    private void cutEverywhere(CrashWorld before, CrashStep step, CrashWorld after) throws IOException {
        Set<String> seen = new HashSet<>();
        int last = after.files().changeCount();
        tally.cut(step, last + 1);
        after.files().cutEverywhere((changes, state) -> {
            tally.generated(step, state.losses());
            if (seen.add(state.digest() + (changes == last))) {
                tally.checked(step);
                check(state, before, after, changes == last, "change " + changes + " of " + last);
            }
        });
    }

    private CrashWorld check(PowerCut.State state, CrashWorld before, CrashWorld after, boolean ended, String where) {
        try {
            return check.check(PowerLossDirectory.of(state), before, after, ended);
        } catch (IOException | DatastoreException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "After " + after.history() + ", the power being cut after " + where + " of the last, with "
                            + state.losses() + " and these files left: "
                            + state.files().keySet(),
                    e);
        }
    }

    private static List<List<CrashStep>> sequences(int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<CrashStep>> sequences = new ArrayList<>();
        for (List<CrashStep> start : sequences(length - 1)) {
            for (CrashStep step : CrashStep.values()) {
                List<CrashStep> sequence = new ArrayList<>(start);
                sequence.add(step);
                sequences.add(List.copyOf(sequence));
            }
        }
        return sequences;
    }

    private static void onAllThreads(List<Callable<Void>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    private void cutEverywhereInAll(List<List<CrashStep>> sequences) throws Exception {
        onAllThreads(sequences.stream()
                .map(sequence -> (Callable<Void>) () -> {
                    cutEverywhere(sequence);
                    return null;
                })
                .toList());
    }

    @Test
    void survivesAPowerCutAnywhereInAnyOneOrTwoOperations(TestInfo test) throws Exception {
        cutEverywhereInAll(sequences(1));
        cutEverywhereInAll(sequences(2));
        report(test);
        tally.requireAllSteps();
        tally.requireAllLosses();
    }

    @Test
    void survivesAPowerCutAnywhereInTheLastOfThreeOperations(TestInfo test) throws Exception {
        cutEverywhereInAll(sequences(3).stream()
                .filter(steps -> EVERYTHING || isTried(steps))
                .toList());
        report(test);
        tally.requireAllSteps();
        tally.requireAllLosses();
    }

    private static boolean isTried(List<CrashStep> three) {
        if (!Collections.disjoint(three, RESTORES)) {
            return three.subList(0, 2).equals(List.of(CrashStep.BACK_UP, CrashStep.BACK_UP));
        }
        return three.getFirst() == CrashStep.BACK_UP || Collections.disjoint(three, PAIRS_ONLY);
    }

    @Test
    void survivesManyPowerCutsInLongHistories(TestInfo test) throws Exception {
        List<Callable<Void>> histories = new ArrayList<>();
        for (long seed = 1; seed <= RANDOM_HISTORIES; seed++) {
            long start = seed;
            histories.add(() -> {
                try {
                    liveAndCrash(new Random(start));
                    return null;
                } catch (IOException | DatastoreException | RuntimeException | AssertionError e) {
                    throw new AssertionError("The history with seed " + start, e);
                }
            });
        }
        onAllThreads(histories);
        report(test);
        tally.requireAllSteps();
    }

    /// Some steps; the power is cut in every third, and what was found then is gone on with.
    private void liveAndCrash(Random random) throws IOException, DatastoreException {
        List<CrashStep> steps = List.of(CrashStep.values());
        CrashWorld world = empty();
        for (int i = 0; i < RANDOM_STEPS; i++) {
            CrashStep step = steps.get(random.nextInt(steps.size()));
            if (step.isPossible(world)) {
                CrashWorld before = step.prepared(world, key);
                CrashWorld after = run(before, step, NONE);
                world = random.nextInt(3) == 0 ? crashed(before, step, after, random) : after;
            }
        }
        check.check(world.files().fork(NONE), world, world, true);
    }

    private CrashWorld crashed(CrashWorld before, CrashStep step, CrashWorld after, Random random)
            throws IOException, DatastoreException {
        int last = after.files().changeCount();
        int changes = random.nextInt(last + 1);
        Map<String, PowerCut.State> states = new TreeMap<>();
        after.files().cutAfter(changes, state -> {
            tally.generated(step, state.losses());
            states.put(state.digest(), state);
        });
        tally.cut(step, 1);
        tally.checked(step);
        PowerCut.State state = List.copyOf(states.values()).get(random.nextInt(states.size()));
        CrashWorld found = check(state, before, after, changes == last, "change " + changes + " of " + last);
        // What the check did is not wanted in the history: so the same state again.
        PowerLossDirectory files = PowerLossDirectory.of(state);
        return new CrashWorld(files, found.points(), CrashCheck.target(files), after.history(), found.damage());
    }

    @Test
    void survivesAPowerCutAnywhereInCreatingADatastore(TestInfo test) throws Exception {
        PowerLossDirectory files = new PowerLossDirectory();
        files.createDirectory(CrashWorld.STORE);
        files.createDirectory(CrashWorld.TARGETS);
        files.syncDirectory("");
        PowerLossDirectory creating = files.fork(NONE);
        Datastore.create(CrashWorld.place(new DirectoryBelow(creating, CrashWorld.STORE), 1), ChunkSize.DEFAULT, key);
        Set<String> seen = new HashSet<>();
        CrashWorld none = empty();
        int last = creating.changeCount();
        creating.cutEverywhere((changes, state) -> {
            if (seen.add(state.digest() + (changes == last))) {
                try {
                    PowerLossDirectory found = PowerLossDirectory.of(state);
                    createIfAbsent(new DirectoryBelow(found, CrashWorld.STORE), changes == last);
                    check.check(found, none, none, true);
                } catch (IOException | DatastoreException e) {
                    throw new AssertionError("After change " + changes + " and " + state.losses(), e);
                }
            }
        });
        assertTrue(seen.size() >= 4, () -> seen.size() + " states are too few");
        System.out.println(test.getDisplayName() + ": " + seen.size() + " states");
    }

    private void createIfAbsent(DirectoryBelow store, boolean ended) throws IOException, DatastoreException {
        try {
            Datastore.open(CrashWorld.place(store, 2), key);
        } catch (NotADatastoreException e) {
            assertFalse(ended);
            Datastore.create(CrashWorld.place(store, 3), ChunkSize.DEFAULT, key);
        }
    }

    /// Of what these tests are worth: each sync is left out in turn, and each time it is noticed.
    @ParameterizedTest
    @CsvSource({
        "BACK_UP, SYNC, store/packs/.*",
        "BACK_UP, SYNC, store/index/.*",
        "BACK_UP, SYNC, store/points/.*",
        "BACK_UP, SYNC_DIRECTORY, store",
        "BACK_UP, SYNC_DIRECTORY, store/packs",
        "BACK_UP, SYNC_DIRECTORY, store/packs/..",
        "BACK_UP, SYNC_DIRECTORY, store/index",
        "BACK_UP, SYNC_DIRECTORY, store/points",
        "BACK_UP, SYNC_DIRECTORY, store/points/a",
        "REMOVE, SYNC_DIRECTORY, store/points/a",
        "BACK_UP_AND_MERGE, SYNC, store/index/.*",
        "VERIFY_DAMAGED, SYNC, store/damaged/.*",
        "VERIFY_DAMAGED, SYNC_DIRECTORY, store",
        "VERIFY_DAMAGED, SYNC_DIRECTORY, store/damaged",
        "RESTORE, SYNC, targets/.*",
        "RESTORE, SYNC_DIRECTORY, targets",
        "RESTORE_IN_PLACE, SYNC, targets/.*",
        "RESUME, SYNC, targets/.*",
        "RESUME, SYNC_DIRECTORY, targets",
    })
    void noticesEverySyncThatIsForgotten(CrashStep step, Operation.Kind kind, String name) throws Exception {
        CrashWorld before =
                step.prepared(step == CrashStep.BACK_UP ? empty() : run(empty(), CrashStep.BACK_UP, NONE), key);
        CrashWorld after = run(before, step, (_, operation) -> {
            if (operation.kind() == kind && operation.name().matches(name)) {
                throw new PowerLossDirectory.ForgottenException();
            }
        });

        assertThrows(AssertionError.class, () -> cutEverywhere(before, step, after));
    }

    @Test
    void opensNothingThatIsNoDatastore() {
        assertThrows(
                NotADatastoreException.class, () -> Datastore.open(CrashWorld.place(new PowerLossDirectory(), 1), key));
    }

    private void report(TestInfo test) {
        System.out.println(test.getDisplayName() + ":\n" + tally);
    }
}
