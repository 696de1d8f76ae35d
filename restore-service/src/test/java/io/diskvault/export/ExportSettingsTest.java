package io.diskvault.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "PT59.999S, 16, 64",
        "P30DT0.001S, 16, 64",
        "PT1H, 0, 64",
        "PT1H, 1001, 64",
        "PT1H, 16, 0",
        "PT1H, 16, 10001"
    })
    void whatIsOutOfItsBoundsIsRefused(Duration idle, int active, int connections) {
        assertThrows(
                IllegalArgumentException.class, () -> new ExportSettings(idle, active, connections, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1, 1, PT1M", "P30D, 1000, 10000, PT1H"})
    void whatIsAtItsBoundsIsNot(Duration idle, int active, int connections, Duration usual) {
        assertEquals(usual, new ExportSettings(idle, active, connections, Optional.empty()).usualIdleTimeout());
    }
}
