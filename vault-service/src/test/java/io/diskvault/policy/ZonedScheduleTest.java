package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Slots by the clock of a zone, over changes in both directions.
class ZonedScheduleTest {
    @ParameterizedTest
    @CsvSource({
        // 02:00 becomes 03:00 on March 29, 03:00 becomes 02:00 on October 25
        "Europe/Amsterdam, R/2026-03-28T02:30:00+01:00/P1D, 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
        "Europe/Amsterdam, R/2026-03-28T02:00:00+01:00/P1D, 2026-03-28T01:00:00Z 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
        "Europe/Amsterdam, R/2026-03-28T03:00:00+01:00/P1D, 2026-03-28T02:00:00Z 2026-03-29T01:00:00Z 2026-03-30T01:00:00Z",
        "Europe/Amsterdam, R/2026-10-24T02:30:00+02:00/P1D, 2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
        "Europe/Amsterdam, R/2026-10-24T03:00:00+02:00/P1D, 2026-10-24T01:00:00Z 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
        "Europe/Amsterdam, R/2026-03-22T02:30:00+01:00/P1W, 2026-03-22T01:30:00Z 2026-03-29T01:00:00Z 2026-04-05T00:30:00Z",
        "Europe/Amsterdam, R/2026-10-18T02:30:00+02:00/P1W, 2026-10-18T00:30:00Z 2026-10-25T00:30:00Z 2026-11-01T01:30:00Z",
        // the anchor is the first slot, also where its time has been there an hour before
        "Europe/Amsterdam, R/2026-10-25T02:30:00+01:00/P1D, 2026-10-25T01:30:00Z 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z",
        // what the anchor's offset is does not matter
        "Europe/Amsterdam, R/2026-03-28T01:30:00+00:00/P1D, 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
        // hours do not follow the clock
        "Europe/Amsterdam, R/2026-03-28T20:00:00+01:00/PT4H, 2026-03-28T19:00:00Z 2026-03-28T23:00:00Z 2026-03-29T03:00:00Z",
        "Europe/Amsterdam, R/2026-03-28T20:00:00+01:00/PT12H, 2026-03-28T19:00:00Z 2026-03-29T07:00:00Z 2026-03-29T19:00:00Z",
        // 02:00 becomes 03:00 on March 8, 02:00 becomes 01:00 on November 1
        "America/New_York, R/2026-03-07T02:00:00-05:00/P1D, 2026-03-07T07:00:00Z 2026-03-08T07:00:00Z 2026-03-09T06:00:00Z",
        "America/New_York, R/2026-03-07T02:59:59-05:00/P1D, 2026-03-07T07:59:59Z 2026-03-08T07:00:00Z 2026-03-09T06:59:59Z",
        "America/New_York, R/2026-10-31T01:30:00-04:00/P1D, 2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z",
        "America/New_York, R/2026-10-25T01:30:00-04:00/P1W, 2026-10-25T05:30:00Z 2026-11-01T05:30:00Z 2026-11-08T06:30:00Z",
        // half an hour: 02:00 becomes 01:30 on April 5, 02:00 becomes 02:30 on October 4
        "Australia/Lord_Howe, R/2026-04-04T01:45:00+11:00/P1D, 2026-04-03T14:45:00Z 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
        "Australia/Lord_Howe, R/2026-10-03T02:15:00+10:30/P1D, 2026-10-02T15:45:00Z 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
        "Australia/Lord_Howe, R/2026-10-03T02:30:00+10:30/P1D, 2026-10-02T16:00:00Z 2026-10-03T15:30:00Z 2026-10-04T15:30:00Z",
        // no change at all
        "Asia/Kolkata, R/2026-03-28T02:30:00+05:30/P1D, 2026-03-27T21:00:00Z 2026-03-28T21:00:00Z 2026-03-29T21:00:00Z",
        "Asia/Kolkata, R/2026-10-18T02:30:00+05:30/P1W, 2026-10-17T21:00:00Z 2026-10-24T21:00:00Z 2026-10-31T21:00:00Z",
        // December 30 of 2011, a Friday, was left out; 03:00 became 04:00 on September 30 of 2012, 04:00 03:00 on
        // April 1
        "Pacific/Apia, R/2011-12-29T12:00:00-10:00/P1D, 2011-12-29T22:00:00Z 2011-12-30T22:00:00Z 2011-12-31T22:00:00Z",
        "Pacific/Apia, R/2011-12-29T00:00:00-10:00/P1D, 2011-12-29T10:00:00Z 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z",
        "Pacific/Apia, R/2011-12-23T12:00:00-10:00/P1W, 2011-12-23T22:00:00Z 2012-01-05T22:00:00Z 2012-01-12T22:00:00Z",
        "Pacific/Apia, R/2012-03-31T03:30:00+14:00/P1D, 2012-03-30T13:30:00Z 2012-03-31T13:30:00Z 2012-04-01T14:30:00Z",
        "Pacific/Apia, R/2012-09-29T03:30:00+13:00/P1D, 2012-09-28T14:30:00Z 2012-09-29T14:00:00Z 2012-09-30T13:30:00Z",
    })
    void keepsLocalTime(String zone, String interval, String expected) {
        BackupSchedule schedule = BackupSchedule.of(interval).in(zone);
        List<Instant> slots =
                Arrays.stream(expected.split(" ", -1)).map(Instant::parse).toList();
        assertEquals(slots, schedule.slotsBetween(Instant.EPOCH, slots.getLast(), 10));
        assertEquals(
                Optional.empty(), schedule.latestAtOrBefore(slots.getFirst().minusNanos(1)));
        for (int i = 1; i < slots.size(); i++) {
            Instant before = slots.get(i).minusNanos(1);
            assertEquals(Optional.of(slots.get(i - 1)), schedule.latestAtOrBefore(before));
            assertEquals(slots.get(i), schedule.nextAfter(before));
            assertEquals(slots.get(i), schedule.nextAfter(slots.get(i - 1)));
        }
    }

    @Test
    void withoutAZoneDaysAndWeeksAreAbsolute() {
        BackupSchedule daily = BackupSchedule.of("R/2026-03-28T02:30:00+01:00/P1D");
        assertEquals(Instant.parse("2026-03-30T01:30:00Z"), daily.nextAfter(Instant.parse("2026-03-29T12:00:00Z")));
        assertEquals("UTC", daily.calendarZone().getId());
        assertEquals("Asia/Kolkata", daily.in("Asia/Kolkata").calendarZone().getId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Z", "+01:00", "UTC+1", "GMT+1", "Mars/Olympus", "europe/amsterdam", "CEST", "SystemV/EST5"})
    void refusesWhatIsNoRegion(String zone) {
        BackupSchedule schedule = BackupSchedule.of("R/2026-03-28T02:30:00+01:00/P1D");
        CommandRejected refused = assertThrows(CommandRejected.class, () -> schedule.in(zone));
        assertEquals(PolicyRejection.SCHEDULE_INVALID, refused.rejection());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("timeZone is '" + zone + "'"), refused::toString);
    }
}
