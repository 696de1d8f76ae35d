package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class RetentionDurationTest {
    @ParameterizedTest
    @CsvSource({"7d,P7D", "4w,P4W", "3m,P3M", "1y,P1Y", "10Y,P10Y", "P30D,P30D", "P1Y6M,P1Y6M", "PT12H,PT12H"})
    void readsWhatPeopleAndIso8601Write(String text, String iso) {
        assertEquals(iso, duration(text).iso());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "0d", "d", "-7d", "7 days", "P", "PT", "P7", "for ever"})
    void refusesAnythingElse(String text) {
        assertThrows(TypeConversionException.class, () -> duration(text));
    }

    @ParameterizedTest
    @CsvSource({
        "30d, 2026-12-01T12:00:00Z",
        "1m, 2026-12-01T12:00:00Z",
        "1y, 2027-11-01T12:00:00Z",
        "PT12H, 2026-11-02T00:00:00Z",
        "P1DT1H, 2026-11-02T13:00:00Z",
    })
    void countsOnTheCalendar(String text, Instant end) {
        assertEquals(end, duration(text).after(Instant.parse("2026-11-01T12:00:00Z")));
    }

    private static RetentionDuration duration(String text) {
        return new RetentionDuration.Converter().convert(text);
    }
}
