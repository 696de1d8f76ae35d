package io.diskvault.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` says of a server that has backed up once, and whether the dashboard asks for what it says.
class MetricsTest {
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)$");
    private static final Pattern NAME_IN_QUERY =
            Pattern.compile("\\b((?:diskvault|jvm|process|system|http|hikaricp|logback)_[a-z0-9_]+)\\b");

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static String scraped = "";

    @BeforeAll
    static void backUpOnce() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        assertEquals("Completed", Protected.backUp(server).path("status").asText());
        for (int i = 0; i < 5; i++) {
            server.get("/api/v1/ghost-" + i);
            server.get("/ghost-" + i);
        }
        scraped = scrape(TestServer.TOKEN).body().asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer scrape(String token) {
        return TestServer.send(HttpRequest.newBuilder(server.url().resolve("/metrics"))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static String tokenOf(String name, String role, String scope) {
        return server.post(
                        "/api/v1/tokens",
                        "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role, scope))
                .body()
                .path("token")
                .asText();
    }

    /// The sum of all samples whose line starts so.
    private static double value(String start) {
        Set<String> lines =
                scraped.lines().filter(line -> line.startsWith(start)).collect(Collectors.toCollection(TreeSet::new));
        assertFalse(lines.isEmpty(), () -> start + " is not in\n" + scraped);
        return lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void onlyThoseReadItWhoMay() {
        assertEquals(
                401,
                TestServer.send(HttpRequest.newBuilder(server.url().resolve("/metrics"))
                                .build())
                        .status());
        Answer ofAVault = scrape(tokenOf("vault-reader", "Backup Reader", "vault:prod"));
        assertEquals(403, ofAVault.status());
        assertTrue(ofAVault.body().path("detail").asText().contains("metrics/read"), ofAVault::toString);
        String prometheus = tokenOf("prometheus", "Monitoring Reader", "server");
        Answer seen = scrape(prometheus);
        assertEquals(200, seen.status());
        assertTrue(seen.header("content-type").startsWith("text/plain; version=0.0.4"), seen::toString);
        Answer vaults = TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/backup-vaults/prod"))
                .header("Authorization", "Bearer " + prometheus)
                .build());
        assertEquals(404, vaults.status());
    }

    @Test
    void theBackupIsInIt() {
        assertEquals(1, value("diskvault_jobs_total{operation=\"Backup\",status=\"Completed\"}"));
        assertEquals(0, value("diskvault_jobs_total{operation=\"Backup\",status=\"Failed\"}"));
        assertEquals(1, value("diskvault_job_duration_seconds_count{operation=\"Backup\",status=\"Completed\"}"));
        assertEquals(
                1,
                value("diskvault_job_duration_seconds_bucket{operation=\"Backup\",status=\"Completed\",le=\"+Inf\"}"));
        assertTrue(value("diskvault_backup_read_bytes_total") > 0);
        assertTrue(value("diskvault_backup_stored_bytes_total") > 1 << 16);
        assertTrue(value("diskvault_backup_changed_bytes_total") > 0);
        assertEquals(0, value("diskvault_restore_written_bytes_total"));
        assertEquals(1, value("diskvault_recovery_points_made_total"));
        assertEquals(0, value("diskvault_slots_total{state=\"Missed\"}"));
        assertEquals(0, value("diskvault_jobs_running"));
        assertEquals(0, value("diskvault_jobs_queued{"));
        assertEquals(1, value("diskvault_instances{state=\"ProtectionConfigured\"}"));
        double age = value("diskvault_recovery_point_newest_age_seconds{backup_instance=\"web-1\",vault=\"prod\"}");
        assertTrue(age >= 0 && age < 60, () -> age + " s");
        assertEquals(0, value("diskvault_event_processor_lag_events{processor=\"views\"}"));
        assertEquals(0, value("diskvault_dead_letters{processor=\"views\"}"));
        assertTrue(value("diskvault_datastore_free_bytes{resource_group=\"snapshots\"}") > 0);
        assertTrue(value("diskvault_recovery_points_used_bytes{resource_group=\"snapshots\"}") > 0);
        assertTrue(value("diskvault_recovery_points_stored_bytes{resource_group=\"snapshots\"}") > 0);
        assertEquals(0, value("diskvault_exports_open"));
        assertEquals(0, value("diskvault_alerts_open{severity=\"Critical\"}"));
        assertEquals(0, value("diskvault_metrics_failures_total"));
        assertTrue(value("jvm_memory_used_bytes") > 0);
    }

    @Test
    void namesAreAsPrometheusWantsThem() {
        Matcher types = TYPE.matcher(scraped);
        int ours = 0;
        while (types.find()) {
            String name = types.group(1);
            assertTrue(name.matches("[a-z][a-z0-9_]*"), name);
            assertEquals(types.group(2).equals("counter"), name.endsWith("_total"), types.group());
            assertFalse(name.matches(".*_(ms|millis|minutes|hours|kb|mb|gb)(_.*)?"), name);
            assertTrue(scraped.contains("# HELP " + name + " "), name);
            ours += name.startsWith("diskvault_") ? 1 : 0;
        }
        assertTrue(ours >= 20, "only " + ours);
    }

    @Test
    void anAddressThatNobodyKnowsIsNoTimeSeries() {
        assertFalse(
                scraped.contains("ghost"),
                () -> scraped.lines().filter(line -> line.contains("ghost")).collect(Collectors.joining("\n")));
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        Set<String> known = SAMPLE.matcher(scraped)
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("..", "docker", "grafana-dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        assertTrue(queries.size() >= 15, () -> queries.size() + " queries");
        Set<String> asked = queries.stream()
                .flatMap(query -> NAME_IN_QUERY.matcher(query).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(known);
        assertEquals(Set.of(), missing);
        for (JsonNode panel : dashboard.path("panels")) {
            assertFalse(panel.path("title").asText().isBlank(), panel::toString);
        }
        Set<String> shown = known.stream()
                .filter(name -> name.startsWith("diskvault_"))
                .filter(name -> !name.matches(".*_(count|sum|max)") && !name.equals("diskvault_job_workers"))
                .collect(Collectors.toCollection(TreeSet::new));
        shown.removeAll(asked);
        assertEquals(Set.of(), shown, "measured, and on no panel");
    }
}
