package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class BackupFrequencyTest {
    private static final Instant NOW = Instant.parse("2026-11-01T14:20:30Z");

    @ParameterizedTest
    @CsvSource({
        "4h,PT4H",
        "12H,PT12H",
        "hourly,PT1H",
        "daily,P1D",
        "1d,P1D",
        "weekly,P1W",
        "1w,P1W",
        "P1W,P1W",
        "PT6H,PT6H",
        "P1D,P1D"
    })
    void readsWhatPeopleAndAzureWrite(String text, String period) {
        assertEquals(period, frequency(text).period());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "h", "4 h", "sometimes", "P", "-", "0h", "PT-4H"})
    void refusesAnythingElse(String text) {
        assertThrows(TypeConversionException.class, () -> frequency(text));
    }

    @Test
    void startsAtTheNextFullHour() {
        assertEquals("R/2026-11-01T15:00:00+00:00/PT4H", frequency("4h").startingNext(ZoneOffset.UTC, NOW));
    }

    @Test
    void startsDailyRunsAtTheNextMidnight() {
        assertEquals("R/2026-11-02T00:00:00+00:00/P1D", frequency("daily").startingNext(ZoneOffset.UTC, NOW));
    }

    @Test
    void startsToday_whenTheTimeOfDayIsStillToCome() {
        assertEquals(
                "R/2026-11-01T20:00:00+00:00/P1D",
                frequency("daily").startingAt(LocalTime.parse("20:00"), ZoneOffset.UTC, NOW));
    }

    @Test
    void startsTomorrow_whenTheTimeOfDayHasPassed() {
        assertEquals(
                "R/2026-11-02T02:00:00+00:00/P1D",
                frequency("daily").startingAt(LocalTime.parse("02:00"), ZoneOffset.UTC, NOW));
    }

    @Test
    void runsAtTheTimeOfDayAndAtItsMultiples() {
        assertEquals(
                "R/2026-11-01T18:00:00+01:00/PT4H",
                frequency("4h").startingAt(LocalTime.parse("02:00"), ZoneOffset.ofHours(1), NOW));
        assertEquals(
                "R/2026-11-01T14:30:00+00:00/PT1H",
                frequency("1h").startingAt(LocalTime.parse("23:30"), ZoneOffset.UTC, NOW));
    }

    @Test
    void startsWeeklyRunsOnTheNextDay() {
        assertEquals("R/2026-11-02T00:00:00+00:00/P1W", frequency("weekly").startingNext(ZoneOffset.UTC, NOW));
        assertEquals(
                "R/2026-11-01T20:00:00+00:00/P1W",
                frequency("1w").startingAt(LocalTime.parse("20:00"), ZoneOffset.UTC, NOW));
    }

    @Test
    void followsTheClockOfAZone() {
        ZoneId amsterdam = ZoneId.of("Europe/Amsterdam");
        assertEquals("R/2026-11-02T00:00:00+01:00/P1D", frequency("daily").startingNext(amsterdam, NOW));
        assertEquals(
                "R/2027-03-28T03:30:00+02:00/P1D",
                frequency("daily")
                        .startingAt(LocalTime.parse("02:30"), amsterdam, Instant.parse("2027-03-27T12:00:00Z")));
        assertEquals(
                "R/2027-03-28T01:00:00+01:00/PT4H",
                frequency("4h").startingAt(LocalTime.parse("21:00"), amsterdam, Instant.parse("2027-03-27T20:30:00Z")));
    }

    @Test
    void countsDaysWhereTheOffsetIs() {
        Instant lateEvening = Instant.parse("2026-11-01T23:30:00Z");

        // There it is already the second, half past midnight, and two o'clock is still to come.
        assertEquals(
                "R/2026-11-02T02:00:00+01:00/P1D",
                frequency("daily").startingAt(LocalTime.parse("02:00"), ZoneOffset.ofHours(1), lateEvening));
    }

    @Test
    void keepsAnExplicitStart() {
        assertEquals(
                "R/2026-11-01T02:00:00+01:00/PT4H",
                frequency("4h").starting(OffsetDateTime.parse("2026-11-01T02:00:00+01:00")));
    }

    private static BackupFrequency frequency(String text) {
        return new BackupFrequency.Converter().convert(text);
    }
}
