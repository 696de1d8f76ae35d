package io.diskvault.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// The time that really passes, what happens in it, and a clock that may be wrong.
final class SimulatedTime {
    private record Happening(Instant at, long number, Runnable what) {}

    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::number));
    private Instant now;
    private Duration offset = Duration.ZERO;
    private long number;

    SimulatedTime(Instant start) {
        now = start;
    }

    Instant now() {
        return now;
    }

    Instant clock() {
        return now.plus(offset);
    }

    /// @param ahead how far the clock is ahead from now on; negative if it is behind
    void setClock(Duration ahead) {
        offset = ahead;
    }

    /// Lets something happen after a while.
    void at(Duration after, Runnable what) {
        Instant at = after.isNegative() ? now : now.plus(after);
        happenings.add(new Happening(at, number++, what));
    }

    /// Goes on to what happens next.
    void step() {
        Happening next = happenings.remove();
        now = next.at();
        next.what().run();
    }
}
