package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockLeapTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final ClockLeap leaps = new ClockLeap();

    /// @param passed the time since noon by an even measure
    /// @param ahead how far the clock is ahead of that
    private Optional<Duration> leap(Duration passed, Duration ahead) {
        return leaps.leap(NOON.plus(passed).plus(ahead), Duration.ofDays(1234).plus(passed));
    }

    @Test
    void timeThatPassesIsNoLeapHoweverLongItIs() {
        assertEquals(Optional.empty(), leap(Duration.ZERO, Duration.ZERO));
        assertEquals(Optional.empty(), leap(Duration.ofMinutes(10), Duration.ZERO));
        assertEquals(Optional.empty(), leap(Duration.ofDays(400), Duration.ZERO));
    }

    @Test
    void aLeapOfMoreThanADayIsNotBelievedUntilItIsTakenBack() {
        leap(Duration.ZERO, Duration.ZERO);
        Duration leapt = DAY.plusNanos(1);
        assertEquals(Optional.of(leapt), leap(Duration.ofMinutes(10), leapt));
        assertEquals(Optional.of(leapt), leap(Duration.ofDays(30), leapt), "waiting makes it no better");
        assertEquals(Optional.empty(), leap(Duration.ofDays(31), Duration.ZERO));
    }

    /// A machine that sleeps, or a clock that runs fast.
    @Test
    void smallLeapsAreBelievedAndDoNotAddUp() {
        leap(Duration.ZERO, Duration.ZERO);
        for (int day = 1; day <= 30; day++) {
            assertEquals(Optional.empty(), leap(Duration.ofHours(day), DAY.multipliedBy(day)));
        }
        assertEquals(
                Optional.of(DAY.plusSeconds(1)),
                leap(Duration.ofHours(31), DAY.multipliedBy(31).plusSeconds(1)));
    }

    @Test
    void aClockThatWasBehindForATimeMayBeSetRight() {
        leap(Duration.ZERO, Duration.ZERO);
        assertEquals(Optional.empty(), leap(Duration.ofHours(1), Duration.ofDays(-9)));
        assertEquals(Optional.empty(), leap(Duration.ofHours(2), Duration.ZERO));
        assertEquals(Optional.of(Duration.ofDays(9)), leap(Duration.ofHours(3), Duration.ofDays(9)));
    }
}
