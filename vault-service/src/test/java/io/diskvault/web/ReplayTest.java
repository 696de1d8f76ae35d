package io.diskvault.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertFacts;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertState;
import io.diskvault.alert.Cause;
import io.diskvault.alert.view.AlertRows;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobId;
import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.ProofAlerts;
import io.diskvault.restoretest.RestoreTestCommand.RecordTest;
import io.diskvault.restoretest.TestEvidence;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.vault.view.VaultRows;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {
    private static final List<String> TABLES = List.of(
            "alert",
            "api_token",
            "backup_instance",
            "backup_policy",
            "backup_vault",
            "disk",
            "instance_health",
            "instance_policy",
            "instance_storage",
            "job",
            "job_count",
            "policy_schedule",
            "recovery_point",
            "resource_group",
            "restore_proof",
            "restore_test",
            "restore_test_check",
            "restore_test_plan",
            "slot",
            "storage_day");

    /// Of several batches.
    private static final int ALERTS = 1200;

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theProjectionsComeOutOfTheEventsAgain(TestDatabase database) throws Exception {
        Path image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        try (TestServer server = TestServer.start(Protected.settings(database, directory))) {
            Protected.configure(server, directory);
            Protected.backUp(server);
            Protected.backUp(server);
            Files.delete(image);
            assertEquals("Failed", Protected.backUp(server).get("status").asText());
            server.send("PUT", Protected.VAULT_PATH + "/backup-policies/gold", """
                    {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT2H"]},
                     "retention":[{"tag":"Default","duration":"P9D"}]}""", "If-Match", "*");
            assertEquals(
                    201,
                    server.put(Protected.VAULT_PATH + "/backup-policies/silver", """
                    {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1D"]},
                     "retention":[{"tag":"Default","duration":"P9D"}]}""")
                            .status());
            assertEquals(
                    200,
                    server.put(
                                    Protected.INSTANCE_PATH,
                                    "{\"disk\":\"vm-disks/web-1\",\"policy\":\"silver\",\"snapshotResourceGroup\":\"snapshots\"}")
                            .status());
            assertEquals(
                    201, server.put("/api/v1/backup-vaults/short-lived", "{}").status());
            assertEquals(204, server.delete("/api/v1/backup-vaults/short-lived").status());
            server.part(Commands.class)
                    .send(new RecordMissedSlots(
                            new InstanceId("prod", "web-1"), Instant.EPOCH, List.of(LATER), MissKind.MISSED, LATER));
            testARestore(server);
            tellOfAnUnknownJob(server);
            awaitNoBackupRunning(server);
            Map<String, SortedSet<String>> before = dump(server);
            before.forEach((table, rows) -> assertTrue(!rows.isEmpty(), table + " is empty"));

            replay(server);
            assertEquals(before, dump(server));
        }
    }

    /// Rows of many events are written together, and the position with them.
    @ParameterizedTest
    @EnumSource
    void aLongReplayMayBeStoppedAnywhereAndLosesNothing(TestDatabase database) throws Exception {
        try (TestServer server = TestServer.start(Protected.settings(database, directory))) {
            assertEquals(201, server.put(Protected.VAULT_PATH, "{}").status());
            raiseAlerts(server, 0);
            tellOfAnUnknownJob(server);
            raiseAlerts(server, ALERTS);
            StreamingEventProcessor views = views(server);
            await(() -> server.part(AlertRows.class).count() >= 2 * ALERTS, views);
            server.part(Views.class).catchUp();
            SortedSet<String> before = rows(server, "alert");

            views.shutDown();
            views.resetTokens();
            for (int place : new int[] {500, 1300}) {
                views.start();
                await(
                        () -> views.processingStatus().values().stream().anyMatch(status -> isPast(status, place)),
                        views);
                views.shutDown();
            }
            views.start();
            awaitEnd(server, views);
            SortedSet<String> after = rows(server, "alert");
            assertEquals(before.size(), after.size());
            assertTrue(after.containsAll(before));
            assertEquals(1, server.part(VaultRows.class).count());
        }
    }

    private static boolean isPast(EventTrackerStatus status, long place) {
        return status.isCaughtUp()
                || Optional.ofNullable(status.getTrackingToken()).stream()
                        .anyMatch(token -> token.position().orElse(0) > place);
    }

    private static void raiseAlerts(TestServer server, int first) {
        Instant at = LATER;
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = first; i < first + ALERTS; i++) {
            Cause cause = Cause.ofInstance(AlertKind.BACKUP_FAILED, "prod", "web-" + i, "It failed.", "Look.");
            AlertFacts facts = new AlertFacts(
                    cause.alert(), cause, AlertState.NEW, false, 1, at, at, Optional.empty(), Optional.empty());
            events.add(new GenericDomainEventMessage<>(
                    "Alert", cause.alert().toString(), 0, new AlertRaised(facts, Optional.empty(), at)));
        }
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        work.attachTransaction(server.part(TransactionManager.class));
        work.execute(() -> server.part(EventStore.class).publish(events));
    }

    /// No projection can handle it. In a replay it breaks its batch, whose other events must not be lost.
    private static void tellOfAnUnknownJob(TestServer server) {
        JobId unknown = new JobId(UUID.fromString("00000000-0000-0000-0000-000000000001"));
        server.part(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Job", unknown.toString(), 0, new JobStarted(unknown, "nobody", 1, LATER)));
    }

    /// Nobody runs it here; what would be found is told.
    private static void testARestore(TestServer server) {
        assertEquals(
                201,
                server.put(Protected.VAULT_PATH + "/restore-test-plan", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1W"]},
                 "scratchResourceGroup":"vm-disks"}""").status());
        Answer asked = server.post(Protected.INSTANCE_PATH + "/restore-tests", "{}");
        assertEquals(202, asked.status(), () -> asked.body().toString());
        JobId job = new JobId(UUID.fromString(asked.body().get("id").asText()));
        String point = asked.body().get("recoveryPoint").asText();
        CheckResult check = new CheckResult("content", CheckResult.Outcome.PASSED, "Right.", 1);
        server.part(Commands.class)
                .send(new RecordTest(
                        new InstanceId("prod", "web-1"),
                        job,
                        point,
                        TestEvidence.restored(2, 1, 4, 5, List.of(check)),
                        LATER));
        server.part(Views.class).catchUp();
        JsonNode found = server.get(Protected.INSTANCE_PATH + "/restore-tests?recoveryPoint=" + point)
                .body();
        assertEquals("Proven", found.at("/items/0/outcome").asText());
        JsonNode report =
                server.get(Protected.VAULT_PATH + "/restore-test-report").body();
        assertEquals(point, report.at("/items/0/lastProof/recoveryPoint").asText(), report::toString);
        JsonNode points =
                server.get(Protected.INSTANCE_PATH + "/recovery-points").body();
        assertEquals(job.text(), points.at("/items/0/lastProof/job").asText());
        server.part(ProofAlerts.class).look(LATER.plus(Duration.ofDays(31)));
        server.part(Views.class).catchUp();
        assertTrue(
                server.get(Protected.INSTANCE_PATH).body().get("proofOverdue").asBoolean());
    }

    private static void awaitNoBackupRunning(TestServer server) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!rows(server, "backup_instance").toString().contains("running_job=null")) {
            assertTrue(System.nanoTime() < deadline, "the instance was not told of the end");
            LockSupport.parkNanos(2_000_000);
        }
        server.part(Views.class).catchUp();
    }

    private static void replay(TestServer server) {
        StreamingEventProcessor views = views(server);
        views.shutDown();
        views.resetTokens();
        views.start();
        awaitEnd(server, views);
    }

    private static StreamingEventProcessor views(TestServer server) {
        return server.part(Configuration.class)
                .eventProcessingConfiguration()
                .eventProcessor(Views.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
    }

    private static void awaitEnd(TestServer server, StreamingEventProcessor views) {
        await(
                () -> !views.processingStatus().isEmpty()
                        && views.processingStatus().values().stream().allMatch(status -> status.isCaughtUp()),
                views);
        server.part(Views.class).catchUp();
    }

    private static void await(BooleanSupplier condition, StreamingEventProcessor views) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "the replay does not end: " + views.processingStatus());
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static Map<String, SortedSet<String>> dump(TestServer server) throws SQLException {
        Map<String, SortedSet<String>> all = new TreeMap<>();
        for (String table : TABLES) {
            all.put(table, rows(server, table));
        }
        return all;
    }

    private static SortedSet<String> rows(TestServer server, String table) throws SQLException {
        SortedSet<String> rows = new TreeSet<>();
        try (Connection connection = DelegatingDataSource.unwrapDataSource(server.part(DataSource.class))
                        .getConnection();
                Statement query = connection.createStatement();
                ResultSet found = query.executeQuery("SELECT * FROM " + table)) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(found.getMetaData().getColumnName(i))
                            .append('=')
                            .append(found.getString(i))
                            .append(' ');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
