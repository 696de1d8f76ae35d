package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.job.JobRetries;
import io.diskvault.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void defaultsAreAsDocumented() {
        try (ApplicationContext context = context(Map.of())) {
            assertEquals(
                    new ScheduleSettings(Duration.ofHours(2), 2, Duration.ofMinutes(1)),
                    context.getBean(ScheduleSettings.class));
            assertEquals(new ExpirySettings(Duration.ofMinutes(10)), context.getBean(ExpirySettings.class));
        }
    }

    @Test
    void everyNameBinds() {
        try (ApplicationContext context = context(Map.of(
                "diskvault.schedule.start-window", "45m",
                "diskvault.schedule.retries", "3",
                "diskvault.schedule.retry-after", "10s",
                "diskvault.expiry.every", "1h"))) {
            assertEquals(
                    new ScheduleSettings(Duration.ofMinutes(45), 3, Duration.ofSeconds(10)),
                    context.getBean(ScheduleSettings.class));
            assertEquals(new ExpirySettings(Duration.ofHours(1)), context.getBean(ExpirySettings.class));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT12H0.001S", "PT0S", "PT-1H"})
    void aStartWindowOutOfBoundsIsRefused(Duration window) {
        Exception refused = assertThrows(
                IllegalArgumentException.class, () -> new ScheduleSettings(window, 2, Duration.ofMinutes(1)));
        assertTrue(refused.toString().contains("1m to 12h"), refused::toString);
    }

    @Test
    void retriesOutOfBoundsAreRefused() {
        Duration hour = Duration.ofHours(1);
        for (int retries : List.of(-1, 11)) {
            assertThrows(IllegalArgumentException.class, () -> new ScheduleSettings(hour, retries, hour));
        }
        for (Duration wait : List.of(Duration.ofMillis(999), hour.plusMillis(1))) {
            assertThrows(IllegalArgumentException.class, () -> new ScheduleSettings(hour, 2, wait));
        }
    }

    @Test
    void eachRetryWaitsFiveTimesAsLongAndNoneLongerThanAnHour() {
        Instant slot = Instant.parse("2026-11-01T12:00:00Z");
        JobRetries retries = new ScheduleSettings(Duration.ofHours(2), 5, Duration.ofMinutes(1)).retriesOf(slot);
        assertEquals(
                List.of(1L, 5L, 25L, 60L, 60L),
                retries.waits().stream().map(Duration::toMinutes).toList());
        assertEquals(Instant.parse("2026-11-01T14:00:00Z"), retries.until());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT24H0.001S", "PT0S", "PT-1H"})
    void anExpiryIntervalOutOfBoundsIsRefused(Duration every) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new ExpirySettings(every));
        assertTrue(refused.toString().contains("1m to 24h"), refused::toString);
    }

    private ApplicationContext context(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(TestDatabase.H2.fresh(directory));
        all.putAll(settings);
        return ApplicationContext.run(all);
    }
}
