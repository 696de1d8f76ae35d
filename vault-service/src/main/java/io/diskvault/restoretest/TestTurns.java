package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// In which order the instances of a vault are tested: who was never tested comes first, then who was tested longest
/// ago; of several the one that has been protected longest, and then the names decide. So everyone gets a turn, and a
/// disk that fails each time does not take the others' turns.
///
/// @param waiting in their order
/// @param perRun how many of them are tested each time
record TestTurns(List<Candidate> waiting, int perRun) {
    /// One transaction starts them all.
    private static final int PER_RUN_MAX = 1000;

    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate candidate) -> candidate.lastTested().orElse(Instant.MIN))
            .thenComparing(Candidate::protectedSince)
            .thenComparing(candidate -> candidate.instance().path());

    /// An instance that has a recovery point.
    ///
    /// @param lastTested when its latest test was asked for
    /// @param busy whether that has not ended
    record Candidate(InstanceId instance, Instant protectedSince, Optional<Instant> lastTested, boolean busy) {}

    /// @param sharePercent of all candidates, also of those that are busy; rounded up
    static TestTurns of(List<Candidate> candidates, int sharePercent) {
        long perRun = Math.ceilDiv((long) candidates.size() * sharePercent, 100);
        return new TestTurns(candidates.stream().sorted(ORDER).toList(), Math.clamp(perRun, 1, PER_RUN_MAX));
    }

    /// Whose turn it is. Who is busy waits for the next time, and nobody else moves up.
    List<Candidate> next() {
        return waiting.stream()
                .limit(perRun)
                .filter(candidate -> !candidate.busy())
                .toList();
    }

    /// After how many further runs it is an instance's turn: 0 for the next one.
    ///
    /// @param place in the order
    int runsUntil(int place) {
        return place / perRun;
    }
}
