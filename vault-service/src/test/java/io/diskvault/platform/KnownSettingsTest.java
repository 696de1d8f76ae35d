package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.alert.AlertSettings;
import io.diskvault.guard.GuardSettings;
import io.diskvault.job.JobSettings;
import io.diskvault.metrics.MetricsSettings;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.micronaut.context.BeanContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSettingsTest {
    @TempDir
    Path directory;

    private static PropertySource variable(String name) {
        return new MapPropertySource("variables", Map.of(name, "x")) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }
        };
    }

    @Test
    void everySettingCanBeSet() {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.allowed-roots", List.of(directory.toString()));
        settings.put("diskvault.jobs.workers", 3);
        settings.put("diskvault.jobs.per-datastore", 5);
        settings.put("diskvault.jobs.lease", "40s");
        settings.put("diskvault.jobs.stop-within", "0s");
        settings.put("diskvault.guard.request-validity", "2h");
        settings.put("diskvault.guard.approval-validity", "30m");
        settings.put("diskvault.guard.enforced", false);
        settings.put("diskvault.alerts.no-recovery-point-after", "3d");
        settings.put("diskvault.alerts.cap-percent", 80);
        settings.put("diskvault.alerts.datastore-percent", 85);
        settings.put("diskvault.metrics.refresh", "20s");
        settings.put("diskvault.metrics.instances-max", 7);
        try (TestServer server = TestServer.start(settings)) {
            assertEquals(
                    new GuardSettings(Duration.ofHours(2), Duration.ofMinutes(30), false),
                    server.part(GuardSettings.class));
            assertEquals(new AlertSettings(Optional.of(Duration.ofDays(3)), 80, 85), server.part(AlertSettings.class));
            assertEquals(new MetricsSettings(Duration.ofSeconds(20), 7), server.part(MetricsSettings.class));
            assertEquals(new JobSettings(3, 5, Duration.ofSeconds(40), Duration.ZERO), server.part(JobSettings.class));
        }
    }

    @Test
    void aSettingThatNobodyReadsStopsTheStart() {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.jobs.worker", 3);
        Throwable failure = assertThrows(
                RuntimeException.class, () -> TestServer.start(settings).close());
        while (!(failure instanceof ConfigurationException) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("Unknown setting diskvault.jobs.worker. There are "), message);
        assertTrue(message.contains("diskvault.jobs.workers,"), message);
    }

    @Test
    void variablesAreKnownByTheirSettings() {
        Set<String> known = Set.of("diskvault.jobs.stop-within", "diskvault.data");
        for (String name : List.of("DISKVAULT_JOBS_STOP_WITHIN", "DISKVAULT_DATA", "HOME")) {
            assertEquals(0, KnownSettings.unknown(variable(name), known).count(), name);
        }
        for (String name : List.of("DISKVAULT_JOBS_STOPWITHIN", "DISKVAULT_WORKERS")) {
            assertEquals(
                    List.of(name), KnownSettings.unknown(variable(name), known).toList());
        }
    }

    @Test
    void settingsHaveTheirDefaults() {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        try (TestServer server = TestServer.start(settings)) {
            assertEquals(
                    new JobSettings(2, 4, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                    server.part(JobSettings.class));
            assertEquals(new AlertSettings(Optional.empty(), 90, 90), server.part(AlertSettings.class));
            assertFalse(server.part(BeanContext.class).containsBean(OpenTelemetry.class), "it is traced");
            assertEquals(new MetricsSettings(Duration.ofSeconds(5), 10_000), server.part(MetricsSettings.class));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.9S, 1, diskvault.metrics.refresh is PT0.9S; 1s to 5m is allowed",
        "PT5M1S, 1, diskvault.metrics.refresh is PT5M1S; 1s to 5m is allowed",
        "PT1S, -1, diskvault.metrics.instances-max is -1; 0 to 100000 is allowed",
        "PT5M, 100001, diskvault.metrics.instances-max is 100001; 0 to 100000 is allowed"
    })
    void metricsSettingsOutOfTheirBoundsAreRefused(Duration refresh, int instancesMax, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new MetricsSettings(refresh, instancesMax))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "PT59M, 90, 90, diskvault.alerts.no-recovery-point-after is PT59M; 1h to 366d is allowed",
        "PT8785H, 90, 90, diskvault.alerts.no-recovery-point-after is PT8785H; 1h to 366d is allowed",
        "PT1H, 49, 90, diskvault.alerts.cap-percent is 49; 50 to 100 is allowed",
        "PT1H, 101, 90, diskvault.alerts.cap-percent is 101; 50 to 100 is allowed",
        "PT1H, 50, 49, diskvault.alerts.datastore-percent is 49; 50 to 99 is allowed",
        "PT1H, 100, 100, diskvault.alerts.datastore-percent is 100; 50 to 99 is allowed"
    })
    void alertSettingsOutOfTheirBoundsAreRefused(Duration limit, int cap, int datastore, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new AlertSettings(Optional.of(limit), cap, datastore))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, PT30S, PT30S, diskvault.jobs.workers is 0; 1 to 64 is allowed",
        "65, 4, PT30S, PT30S, diskvault.jobs.workers is 65; 1 to 64 is allowed",
        "1, 0, PT30S, PT30S, diskvault.jobs.per-datastore is 0; 1 to 64 is allowed",
        "1, 65, PT30S, PT30S, diskvault.jobs.per-datastore is 65; 1 to 64 is allowed",
        "1, 4, PT4.999S, PT30S, diskvault.jobs.lease is PT4.999S; 5s to 10m is allowed",
        "1, 4, PT10M1S, PT30S, diskvault.jobs.lease is PT10M1S; 5s to 10m is allowed",
        "1, 4, PT30S, PT-1S, diskvault.jobs.stop-within is PT-1S; 0s to 10m is allowed",
        "1, 4, PT30S, PT10M1S, diskvault.jobs.stop-within is PT10M1S; 0s to 10m is allowed"
    })
    void jobSettingsOutOfTheirBoundsAreRefused(
            int workers, int perDatastore, Duration lease, Duration stopWithin, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new JobSettings(workers, perDatastore, lease, stopWithin))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, PT5S, PT0S", "64, 64, PT10M, PT10M"})
    void jobSettingsMayBeAtTheirBounds(int workers, int perDatastore, Duration lease, Duration stopWithin) {
        assertEquals(workers, new JobSettings(workers, perDatastore, lease, stopWithin).workers());
    }

    @Test
    void aShortAdministratorsTokenStopsTheStart() {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.admin-token", "short");
        Throwable failure = assertThrows(
                RuntimeException.class, () -> TestServer.start(settings).close());
        while (!(failure instanceof ConfigurationException) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertEquals(
                "diskvault.admin-token (DISKVAULT_ADMIN_TOKEN) is too short: an API token has at least 24 characters, this one 5",
                failure.getMessage());
    }
}
