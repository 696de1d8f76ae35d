package io.diskvault.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, PT1S, PT1S, diskvault.files.points is 0; 1 to 100 is allowed",
        "101, 1, PT1S, PT1S, diskvault.files.points is 101; 1 to 100 is allowed",
        "1, 0, PT1S, PT1S, diskvault.files.downloads is 0; 1 to 1000 is allowed",
        "1, 1001, PT1S, PT1S, diskvault.files.downloads is 1001; 1 to 1000 is allowed",
        "1, 1, PT0.9S, PT1S, diskvault.files.idle is PT0.9S; 1s to 1h is allowed",
        "1, 1, PT1S, PT1H1S, diskvault.files.patience is PT1H1S; 1s to 1h is allowed"
    })
    void outOfTheirBoundsAreRefused(int points, int downloads, Duration idle, Duration patience, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new FilesSettings(Optional.empty(), points, downloads, idle, patience))
                        .getMessage());
    }

    @Test
    void mayBeAtTheirBounds() {
        Duration hour = Duration.ofHours(1);
        assertEquals(hour, new FilesSettings(Optional.empty(), 100, 1000, hour, hour).patience());
    }
}
