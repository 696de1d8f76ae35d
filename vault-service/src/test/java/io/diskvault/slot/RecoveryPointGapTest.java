package io.diskvault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryPointGapTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    /// Everything in seconds after noon; the period ends after 100.
    @ParameterizedTest(name = "points at {0}: {1} to {2}")
    @CsvSource({
        "'', 0, 100",
        "50, 0, 50",
        "49, 49, 100",
        "51, 0, 51",
        "10 30 60 90, 30, 60",
        "0 100, 0, 100",
        "100, 0, 100",
        "20 40 60 80, 0, 20"
    })
    void isTheLongestTimeBetweenPointsOrToAnEndOfThePeriod(String points, long start, long end) {
        assertEquals(
                Optional.of(new RecoveryPointGap(at(start), at(end))),
                RecoveryPointGap.longest(
                        NOON,
                        at(100),
                        Arrays.stream(points.split(" "))
                                .filter(point -> !point.isEmpty())
                                .map(point -> at(Long.parseLong(point)))
                                .toList()));
    }

    @Test
    void anEmptyPeriodHasNone() {
        assertEquals(Optional.empty(), RecoveryPointGap.longest(NOON, NOON, List.of()));
        assertEquals(Optional.empty(), RecoveryPointGap.longest(at(1), NOON, List.of()));
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }
}
