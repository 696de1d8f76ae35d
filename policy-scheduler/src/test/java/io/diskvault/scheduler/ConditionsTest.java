package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.await;
import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.Conditions;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What time brings about, as the clock goes on.
class ConditionsTest {
    @TempDir
    Path directory;

    private static JsonNode look(TestServer server, String instant, String kind) {
        ClockForTests.set(instant);
        server.part(Conditions.class).look();
        server.part(Views.class).catchUp();
        return server.get("/api/v1/alerts?kind=" + kind).body().get("items");
    }

    private static String stateOf(JsonNode alerts) {
        assertEquals(1, alerts.size(), alerts::toString);
        return alerts.get(0).get("state").asText();
    }

    @Test
    void alertsComeAndGoWithTheTime() {
        try (Servers servers = new Servers(TestDatabase.POSTGRESQL, directory, Map.of())) {
            TestServer server = servers.startProtected();
            ClockForTests.set("2090-01-01T01:00:00Z");
            server.part(PolicyWakeUp.class).wakeAll();
            awaitCompletedJobs(server, 1);

            // Two hourly slots, and the two hours by which the last may be late.
            assertEquals(
                    0, look(server, "2090-01-01T05:00:00Z", "NoRecoveryPoint").size());
            JsonNode stale = look(server, "2090-01-01T05:00:01Z", "NoRecoveryPoint");
            assertEquals("New", stateOf(stale));
            assertTrue(
                    stale.get(0).get("message").asText().contains("since 2090-01-01T01:00:00Z, for more than 4 hours"),
                    stale::toString);
            server.part(PolicyWakeUp.class).wakeAll();
            awaitCompletedJobs(server, 2);
            JsonNode over = look(server, "2090-01-01T05:10:00Z", "NoRecoveryPoint");
            assertEquals("Closed", stateOf(over));
            assertEquals("system", over.get(0).get("closedBy").asText());

            assertEquals(0, look(server, "2090-01-08T02:29:00Z", "ExpiryBehind").size());
            assertEquals("New", stateOf(look(server, "2090-01-08T02:31:00Z", "ExpiryBehind")));
            server.part(PointExpiry.class).run();
            await(
                    "the point is gone",
                    () -> stateOf(look(server, "2090-01-08T02:32:00Z", "ExpiryBehind"))
                            .equals("Closed"));

            assertEquals(204, server.delete(Protected.INSTANCE_PATH).status());
            assertEquals(0, look(server, "2090-01-20T02:31:00Z", "PurgeDue").size());
            assertEquals("New", stateOf(look(server, "2090-01-20T02:33:00Z", "PurgeDue")));
            assertEquals(
                    200,
                    server.post(Protected.VAULT_PATH + "/deleted-backup-instances/web-1/undelete", "{}")
                            .status());
            assertEquals("Closed", stateOf(look(server, "2090-01-20T02:34:00Z", "PurgeDue")));

            nearTheCap(server);
        }
    }

    private static void nearTheCap(TestServer server) {
        String now = "2090-01-20T03:00:00Z";
        RecoveryPointRows points = server.part(RecoveryPointRows.class);
        points.saveAll(points(0, 161));
        assertEquals(0, look(server, now, "RecoveryPointCapNear").size());
        points.saveAll(points(161, 162));
        JsonNode near = look(server, now, "RecoveryPointCapNear");
        assertEquals("Warning", near.get(0).get("severity").asText(), near::toString);
        points.saveAll(points(162, 180));
        JsonNode reached = look(server, now, "RecoveryPointCapNear");
        assertEquals("Critical", reached.get(0).get("severity").asText(), reached::toString);
        points.deleteAll();
        assertEquals("Closed", stateOf(look(server, now, "RecoveryPointCapNear")));
    }

    private static List<RecoveryPointRow> points(int from, int to) {
        Instant at = Instant.parse("2090-01-01T00:00:00Z");
        return IntStream.range(from, to)
                .mapToObj(number -> new RecoveryPointRow(
                        "point-" + number,
                        "prod/db-1",
                        "Scheduled",
                        at,
                        "Default",
                        "P7D",
                        "prod/gold",
                        1,
                        "UTC",
                        at,
                        "FullRead",
                        1,
                        1,
                        1,
                        1,
                        "snapshots",
                        null,
                        null,
                        0,
                        null,
                        null,
                        null))
                .toList();
    }

    @SuppressWarnings("NullAway") // only a schedule is looked at
    private static Duration patience(Optional<Duration> limit, String interval) {
        StaleInstances condition = new StaleInstances(
                null,
                null,
                new AlertSettings(limit, 90, 90),
                new ScheduleSettings(Duration.ofHours(2), 2, Duration.ofMinutes(1)));
        return condition
                .patience(BackupSchedule.of(interval), Instant.parse("2026-12-01T12:00:00Z"))
                .orElse(Duration.ZERO);
    }

    @Test
    void howLongIsTooLongFollowsFromTheSchedule() {
        String daily = "R/2026-11-01T00:00:00+00:00/P1D";
        assertEquals(Duration.ofHours(50), patience(Optional.empty(), daily));
        assertEquals(Duration.ofDays(3), patience(Optional.of(Duration.ofDays(3)), daily));
        assertEquals(Duration.ofHours(26), patience(Optional.of(Duration.ofHours(4)), daily));
        assertEquals(Duration.ZERO, patience(Optional.empty(), "R/2027-11-01T00:00:00+00:00/P1D"));
    }
}
