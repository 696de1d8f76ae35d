package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotLimitsTest {
    @TempDir
    Path directory;

    private SnapshotLimits bound(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(TestDatabase.H2.fresh(directory));
        all.putAll(settings);
        try (ApplicationContext context = ApplicationContext.run(all)) {
            return context.getBean(SnapshotLimits.class);
        }
    }

    @Test
    void defaultsAreAsDocumented() {
        assertEquals(new SnapshotLimits(180, 200), bound(Map.of()));
    }

    @Test
    void everyNameBinds() {
        assertEquals(
                new SnapshotLimits(450, 500),
                bound(Map.of(
                        "diskvault.limits.scheduled-snapshot-cap",
                        450,
                        "diskvault.limits.per-disk-snapshot-limit",
                        500)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "180, 180", "1, 500", "450, 500"})
    void mayBeAtTheirBounds(int cap, int limit) {
        assertEquals(cap, new SnapshotLimits(cap, limit).scheduledSnapshotCap());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 200 | diskvault.limits.scheduled-snapshot-cap is 0; 1 to 450 is allowed",
                "451 | 500 | diskvault.limits.scheduled-snapshot-cap is 451; 1 to 450 is allowed",
                "180 | 501 | diskvault.limits.per-disk-snapshot-limit is 501;"
                        + " 180 (diskvault.limits.scheduled-snapshot-cap) to 500 is allowed",
                "180 | 179 | diskvault.limits.per-disk-snapshot-limit is 179;"
                        + " 180 (diskvault.limits.scheduled-snapshot-cap) to 500 is allowed"
            })
    void othersAreRefused(int cap, int limit, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new SnapshotLimits(cap, limit))
                        .getMessage());
    }
}
