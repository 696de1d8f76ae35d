package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRetentionTest {
    @ParameterizedTest
    @CsvSource({
        "P7D,    2024-05-07T12:01:08.127Z, 2024-05-14T12:01:08.127Z",
        "P1D,    2026-12-31T23:59:59Z,     2027-01-01T23:59:59Z",
        // the change of the clocks in Europe does not count
        "P1D,    2027-03-28T00:30:00Z,     2027-03-29T00:30:00Z",
        "P4W,    2026-11-01T02:00:00Z,     2026-11-29T02:00:00Z",
        "P1M,    2027-01-31T02:00:00Z,     2027-02-28T02:00:00Z",
        "P1M,    2028-01-31T02:00:00Z,     2028-02-29T02:00:00Z",
        "P3M,    2026-11-30T02:00:00Z,     2027-02-28T02:00:00Z",
        "P1Y,    2028-02-29T02:00:00Z,     2029-02-28T02:00:00Z",
        "P100Y,  2026-11-01T02:00:00Z,     2126-11-01T02:00:00Z",
        "P1200M, 2026-11-01T02:00:00Z,     2126-11-01T02:00:00Z",
    })
    void expiresByTheCalendar(String duration, Instant start, Instant expiry) {
        assertEquals(expiry, new RetentionDuration(duration).after(start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P36525D", "P5217W", "P1200M", "P100Y"})
    void isADayToAHundredYears(String duration) {
        assertEquals(duration, new RetentionDuration(duration).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "7D",
                "P0D",
                "P07D",
                "-P7D",
                "P-7D",
                "PT24H",
                "P1Y6M",
                "p7d",
                "P7D ",
                "P36526D",
                "P5218W",
                "P1201M",
                "P101Y",
                "P99999D",
                "P100000D",
                "P99999999999999999999D",
                "P٧D"
            })
    void refusesOtherDurations(String duration) {
        CommandRejected refused = assertThrows(CommandRejected.class, () -> new RetentionDuration(duration));
        assertEquals(PolicyRejection.RETENTION_INVALID, refused.rejection());
    }

    @Test
    void hasOneDefaultRule() {
        RetentionRule week = new RetentionRule("Default", new RetentionDuration("P7D"));
        assertEquals(week, new RetentionRules(List.of(week)).defaultRule());
        assertThrows(CommandRejected.class, () -> new RetentionRules(List.of()));
        assertThrows(CommandRejected.class, () -> new RetentionRules(List.of(week, week)));
        assertThrows(
                CommandRejected.class,
                () -> new RetentionRules(List.of(week, new RetentionRule("Daily", new RetentionDuration("P30D")))));
    }
}
