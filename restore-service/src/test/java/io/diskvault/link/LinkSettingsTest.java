package io.diskvault.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSettingsTest {
    @ParameterizedTest
    @CsvSource({"PT59.999S, 8, 1", "P30DT0.001S, 8, 1", "PT1H, 0, 1", "PT1H, 1001, 1", "PT1H, 8, -1", "PT1H, 8, 65536"})
    void whatIsOutOfItsBoundsIsRefused(Duration validity, int transfers, int port) {
        assertThrows(IllegalArgumentException.class, () -> new LinkSettings(validity, transfers, Optional.of(port)));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1, 0", "P30D, 1000, 65535"})
    void whatIsAtItsBoundsIsNot(Duration validity, int transfers, int port) {
        assertEquals(transfers, new LinkSettings(validity, transfers, Optional.of(port)).transfers());
    }
}
