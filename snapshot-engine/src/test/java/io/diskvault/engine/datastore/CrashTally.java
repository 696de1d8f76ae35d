package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.storage.PowerCut.Loss;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts what was tried, so that a test cannot pass by trying nothing. Thread-safe.
final class CrashTally {

    private static final class Counts {
        private long cuts;
        private long generated;
        private long checked;
    }

    private final Map<CrashStep, Counts> bySteps = new EnumMap<>(CrashStep.class);
    private final Map<Loss, Long> losses = new EnumMap<>(Loss.class);

    synchronized void generated(CrashStep step, Set<Loss> found) {
        counts(step).generated++;
        found.forEach(loss -> losses.merge(loss, 1L, Long::sum));
    }

    synchronized void checked(CrashStep step) {
        counts(step).checked++;
    }

    synchronized void cut(CrashStep step, int moments) {
        counts(step).cuts += moments;
    }

    private Counts counts(CrashStep step) {
        return bySteps.computeIfAbsent(step, _ -> new Counts());
    }

    synchronized void requireAllSteps() {
        assertTrue(bySteps.keySet().containsAll(List.of(CrashStep.values())), () -> "Only these: " + bySteps.keySet());
    }

    /// Everything was lost that can be lost.
    synchronized void requireAllLosses() {
        assertTrue(losses.keySet().containsAll(List.of(Loss.values())), () -> "Only these: " + losses.keySet());
    }

    @Override
    public synchronized String toString() {
        List<String> lines = new ArrayList<>();
        bySteps.forEach((step, counts) -> lines.add("  " + step + ": power cut at " + counts.cuts + " moments, "
                + counts.generated + " states, " + counts.checked + " of them distinct and checked"));
        losses.forEach((loss, count) -> lines.add("  " + loss + ": in " + count + " states"));
        return String.join("\n", lines);
    }
}
