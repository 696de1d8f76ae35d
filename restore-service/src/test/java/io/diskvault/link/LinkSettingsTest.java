package io.diskvault.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSettingsTest {
    @ParameterizedTest
    @CsvSource({"PT59.999S, 8", "P30DT0.001S, 8", "PT1H, 0", "PT1H, 1001"})
    void whatIsOutOfItsBoundsIsRefused(Duration validity, int transfers) {
        assertThrows(IllegalArgumentException.class, () -> new LinkSettings(validity, transfers));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1", "P30D, 1000"})
    void whatIsAtItsBoundsIsNot(Duration validity, int transfers) {
        assertEquals(transfers, new LinkSettings(validity, transfers).transfers());
    }
}
