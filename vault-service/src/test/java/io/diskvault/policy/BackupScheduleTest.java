package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupScheduleTest {
    private static final String ANCHOR = "R/2026-11-01T02:00:00+01:00/";

    @ParameterizedTest
    @CsvSource({
        // the anchor is 01:00 in UTC
        "PT4H,  2026-10-01T00:00:00Z,     2026-11-01T01:00:00Z",
        "PT4H,  2026-11-01T00:59:59.999Z, 2026-11-01T01:00:00Z",
        "PT4H,  2026-11-01T01:00:00Z,     2026-11-01T05:00:00Z",
        "PT4H,  2026-11-01T01:00:00.001Z, 2026-11-01T05:00:00Z",
        "PT4H,  2026-11-01T04:59:59.999Z, 2026-11-01T05:00:00Z",
        "PT4H,  2026-11-01T23:00:00Z,     2026-11-02T01:00:00Z",
        "PT1H,  2026-11-01T12:30:00Z,     2026-11-01T13:00:00Z",
        "PT2H,  2026-11-01T12:30:00Z,     2026-11-01T13:00:00Z",
        "PT6H,  2026-11-01T12:30:00Z,     2026-11-01T13:00:00Z",
        "PT8H,  2026-11-01T12:30:00Z,     2026-11-01T17:00:00Z",
        "PT12H, 2026-11-01T12:30:00Z,     2026-11-01T13:00:00Z",
        "P1D,   2026-11-01T12:30:00Z,     2026-11-02T01:00:00Z",
        // where clocks change, the offset's absolute time goes on
        "P1D,   2027-03-28T12:00:00Z,     2027-03-29T01:00:00Z",
        "P1D,   2028-02-28T12:00:00Z,     2028-02-29T01:00:00Z",
        "P1W,   2026-11-01T12:30:00Z,     2026-11-08T01:00:00Z",
        "P1W,   2027-03-25T12:00:00Z,     2027-03-28T01:00:00Z",
        "P1W,   2027-03-28T12:00:00Z,     2027-04-04T01:00:00Z",
    })
    void theNextSlotIsTheFirstLaterOne(String frequency, Instant instant, Instant next) {
        assertEquals(next, BackupSchedule.of(ANCHOR + frequency).nextAfter(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:59:59.999Z,",
        "1900-01-01T00:00:00Z,",
        "2026-11-01T01:00:00Z,     2026-11-01T01:00:00Z",
        "2026-11-01T04:59:59.999Z, 2026-11-01T01:00:00Z",
        "2026-11-01T05:00:00Z,     2026-11-01T05:00:00Z",
    })
    void theLatestSlotIsTheNewestThatIsNotLater(Instant instant, Instant latest) {
        assertEquals(
                Optional.ofNullable(latest), BackupSchedule.of(ANCHOR + "PT4H").latestAtOrBefore(instant));
    }

    @Test
    void slotsBetweenLeaveOutTheStartAndTakeInTheEnd() {
        BackupSchedule schedule = BackupSchedule.of(ANCHOR + "PT12H");
        Instant first = Instant.parse("2026-11-01T01:00:00Z");
        Instant second = Instant.parse("2026-11-01T13:00:00Z");
        Instant third = Instant.parse("2026-11-02T01:00:00Z");
        assertEquals(List.of(second, third), schedule.slotsBetween(first, third, 10));
        assertEquals(List.of(first, second), schedule.slotsBetween(Instant.EPOCH, third.minusMillis(1), 10));
        assertEquals(List.of(first), schedule.slotsBetween(Instant.EPOCH, third, 1));
        assertEquals(List.of(), schedule.slotsBetween(third, third, 10));
        assertEquals(List.of(), schedule.slotsBetween(third, first, 10));
        assertEquals(List.of(), schedule.slotsBetween(Instant.EPOCH, first.minusMillis(1), 10));
        assertEquals(List.of(), schedule.slotsBetween(Instant.EPOCH, third, 0));
    }

    @Test
    void costsTheSameFarFromTheAnchor() {
        BackupSchedule schedule = BackupSchedule.of("R/1970-01-01T00:00:00+00:00/PT1H");
        Instant far = Instant.parse("+500000-01-01T00:00:00Z");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals(far.plusSeconds(3600), schedule.nextAfter(far));
            assertEquals(2, schedule.slotsBetween(Instant.EPOCH, far, 2).size());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "R/2026-11-01T02:00:00+01:00/PT4H, R/2026-11-01T02:00:00+01:00/PT4H",
        "R/2026-11-01T02:00:00Z/P1D,       R/2026-11-01T02:00:00+00:00/P1D",
        "R/2026-11-01T02:00-05:30/PT1H,    R/2026-11-01T02:00:00-05:30/PT1H",
    })
    void isWrittenInOneForm(String given, String written) {
        RepeatingInterval interval = RepeatingInterval.parse(given);
        assertEquals(written, interval.text());
        assertEquals(interval, RepeatingInterval.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "R",
                "PT4H",
                "R/2026-11-01T02:00:00+01:00",
                "R5/2026-11-01T02:00:00+01:00/PT4H",
                "R/2026-11-01T02:00:00+01:00/PT4H/2027-01-01T00:00:00Z",
                "R/2026-11-01T02:00:00/PT4H",
                "R/2026-11-01/PT4H",
                "R/2026-02-30T02:00:00Z/PT4H",
                "R/2026-11-01T25:00:00Z/PT4H",
                "R/2026-11-01T02:00:00.5Z/PT4H",
                "R/2026-11-01T02:00:00[Europe/Amsterdam]/PT4H",
                "R/1969-12-31T23:00:00Z/PT4H",
                "R/+10000-01-01T00:00:00Z/PT4H",
                "R/2026-11-01T02:00:00Z/PT24H",
                "R/2026-11-01T02:00:00Z/PT3H",
                "R/2026-11-01T02:00:00Z/PT0H",
                "R/2026-11-01T02:00:00Z/-PT4H",
                "R/2026-11-01T02:00:00Z/PT240M",
                "R/2026-11-01T02:00:00Z/pt4h",
                "R/2026-11-01T02:00:00Z/P7D",
                "R/2026-11-01T02:00:00Z/P2W"
            })
    void refusesOtherIntervalsAndSaysWhy(String interval) {
        CommandRejected refused = assertThrows(CommandRejected.class, () -> BackupSchedule.of(interval));
        assertEquals(PolicyRejection.SCHEDULE_INVALID, refused.rejection());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("repeatingTimeIntervals has '"), refused::toString);
    }

    @Test
    void needsExactlyOneInterval() {
        RepeatingInterval interval = RepeatingInterval.parse(ANCHOR + "PT4H");
        assertThrows(CommandRejected.class, () -> new BackupSchedule(List.of(), Optional.empty()));
        assertThrows(CommandRejected.class, () -> new BackupSchedule(List.of(interval, interval), Optional.empty()));
    }
}
