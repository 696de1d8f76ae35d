package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
        assertEquals(expiry, new RetentionDuration(duration).after(start, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        // 09:00 stays 09:00 over both changes of the clocks
        "Europe/Amsterdam, P1D, 2026-03-28T08:00:00Z, 2026-03-29T07:00:00Z",
        "Europe/Amsterdam, P7D, 2026-10-20T07:00:00Z, 2026-10-27T08:00:00Z",
        "Europe/Amsterdam, P4W, 2026-10-20T07:00:00Z, 2026-11-17T08:00:00Z",
        // 02:30 is left out on March 29 and comes twice on October 25: the hour is added, the first one counts
        "Europe/Amsterdam, P1D, 2026-03-28T01:30:00Z, 2026-03-29T01:30:00Z",
        "Europe/Amsterdam, P1D, 2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z",
        // of a start in the second 02:30 the day after has one, and a year after too
        "Europe/Amsterdam, P1D, 2026-10-25T01:30:00Z, 2026-10-26T01:30:00Z",
        "America/New_York, P1M, 2026-02-08T07:30:00Z, 2026-03-08T07:30:00Z",
        "Australia/Lord_Howe, P1D, 2026-10-02T16:00:00Z, 2026-10-03T15:30:00Z",
        "Asia/Kolkata, P6M, 2026-01-30T18:30:00Z, 2026-07-30T18:30:00Z",
        // half past midnight local on the 31st, which is the 30th in UTC: a month later it is February 28 there
        "Europe/Amsterdam, P1M, 2027-01-30T23:30:00Z, 2027-02-27T23:30:00Z",
        "Europe/Amsterdam, P1Y, 2028-02-28T23:30:00Z, 2029-02-27T23:30:00Z",
        "Pacific/Apia, P1D, 2011-12-30T09:00:00Z, 2011-12-31T09:00:00Z",
        "Pacific/Apia, P2D, 2011-12-30T09:00:00Z, 2011-12-31T09:00:00Z"
    })
    void expiresByTheCalendarOfItsZone(ZoneId zone, String duration, Instant start, Instant expiry) {
        assertEquals(expiry, new RetentionDuration(duration).after(start, zone));
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
}
