package io.diskvault.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT24H, 1 day",
        "P14D, 14 days",
        "PT1H, 1 hour",
        "PT50H, 50 hours",
        "PT90M, 90 minutes",
        "PT1M30S, 1 minute",
        "PT0S, 0 minutes"
    })
    void saysADurationInItsLargestExactUnit(Duration duration, String text) {
        assertEquals(text, DurationText.of(duration));
    }
}
