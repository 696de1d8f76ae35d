package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.await;
import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static io.diskvault.scheduler.Servers.jobs;
import static io.diskvault.scheduler.Servers.ledger;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobWorkers;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicySchedules;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class WakeUpTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Servers servers;

    @BeforeEach
    void open() {
        servers = new Servers(
                database,
                directory,
                Map.of("diskvault.jobs.workers", 1, HeldRestores.SETTING, "true", BrokenInstance.SETTING, "true"));
    }

    @AfterEach
    void close() {
        HeldRestores.letGo();
        servers.close();
    }

    @Test
    void afterAnOutageTheNewestSlotRunsAndTheOthersAreMissed() {
        servers.startProtected();
        servers.stop();
        ClockForTests.advance(Duration.ofMinutes(5 * 60 + 10));
        TestServer server = servers.start();
        awaitCompletedJobs(server, 1);
        assertEquals(List.of("missed 01:00 02:00 03:00", "coalesced 04:00", "started 05:00"), ledger(server));
        JsonNode job = jobs(server).getFirst();
        assertEquals("2090-01-01T05:00:00Z", job.get("slot").asText());
        assertEquals("Scheduled", point(server).get("kind").asText());

        servers.stop();
        server = servers.start();
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(3, ledger(server).size(), "a further start and a doubled wake-up change nothing");
        assertEquals(1, jobs(server).size());
    }

    @Test
    void aSlotThatIsTooOldIsMissedToo() {
        servers.startProtected();
        servers.stop();
        servers.set("diskvault.schedule.start-window", "10m");
        ClockForTests.set("2090-01-01T02:10:00.001Z");
        TestServer server = servers.start();
        await("the slots are decided", () -> !ledger(server).isEmpty());
        assertEquals(List.of("missed 01:00 02:00"), ledger(server));
        assertEquals(List.of(), jobs(server));
    }

    @Test
    void manyMissedSlotsAreRecordedInSeveralEvents() {
        servers.startProtected();
        servers.stop();
        ClockForTests.advance(Duration.ofDays(50));
        TestServer server = servers.start();
        awaitCompletedJobs(server, 1);
        List<String> ledger = ledger(server);
        assertEquals(5, ledger.size());
        assertEquals(
                List.of(500, 500, 198, 1),
                ledger.stream()
                        .limit(4)
                        .map(entry -> entry.split(" ").length - 1)
                        .toList());
    }

    @Test
    void aDoubledWakeUpChangesNothing() {
        TestServer server = servers.startProtected();
        PolicyWakeUp wakeUp = server.part(PolicyWakeUp.class);
        wakeUp.wakeAll();
        assertEquals(List.of(), ledger(server), "nothing is due yet");
        ClockForTests.set("2090-01-01T01:00:00Z");
        wakeUp.wakeAll();
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 1);
        assertEquals("system:scheduler", callerOf(server, BackupRequested.class));
        ClockForTests.set("2090-01-01T00:45:00Z");
        wakeUp.wakeAll();
        ClockForTests.set("2090-01-01T01:59:59Z");
        wakeUp.wakeAll();
        assertEquals(List.of("started 01:00", "reopened"), ledger(server), "a clock that is set back repeats nothing");
        assertEquals(1, jobs(server).size());
    }

    private static String callerOf(TestServer server, Class<?> event) {
        return server.part(EventStore.class)
                .readEvents("instance:prod/web-1")
                .asStream()
                .filter(stored -> stored.getPayloadType() == event)
                .map(stored -> String.valueOf(stored.getMetaData().get("principal")))
                .findFirst()
                .orElseThrow();
    }

    /// The slots of those ten years are nobody's fault, and the next real one must run.
    @Test
    void aClockThatWasFarAheadHoldsNothingUp() {
        TestServer server = servers.startProtected();
        PolicyWakeUp wakeUp = server.part(PolicyWakeUp.class);
        ClockForTests.set("2090-01-01T01:00:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 1);
        ClockForTests.set("2090-01-09T00:30:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 2);
        assertEquals("2090-01-09T00:00:00Z", jobs(server).getFirst().get("slot").asText());

        ClockForTests.set("2090-01-01T01:10:00Z");
        wakeUp.wakeAll();
        wakeUp.wakeAll();
        assertEquals("reopened", ledger(server).getLast());
        awaitUndecided(server, "2090-01-01T02:00:00Z");
        ClockForTests.set("2090-01-01T02:00:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 3);
        assertEquals(
                List.of("started 00:00", "reopened", "started 02:00"),
                ledger(server).stream().skip(ledger(server).size() - 3).toList());
    }

    /// A slot that ran before its time has had its run.
    @Test
    void aSlotThatRanWhileTheClockWasAheadDoesNotRunAgain() {
        TestServer server = servers.startProtected();
        PolicyWakeUp wakeUp = server.part(PolicyWakeUp.class);
        ClockForTests.set("2090-01-01T05:00:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 1);
        ClockForTests.set("2090-01-01T04:30:00Z");
        wakeUp.wakeAll();
        awaitUndecided(server, "2090-01-01T05:00:00Z");
        ClockForTests.set("2090-01-01T05:00:00Z");
        wakeUp.wakeAll();
        ClockForTests.set("2090-01-01T06:00:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 2);
        assertEquals(
                List.of("2090-01-01T06:00:00Z", "2090-01-01T05:00:00Z"),
                jobs(server).stream().map(job -> job.get("slot").asText()).toList());
        assertEquals(1, ledger(server).stream().filter("started 05:00"::equals).count());
    }

    @Test
    void aNewScheduleMissesNothingOfTheTimeBeforeIt() {
        TestServer server = servers.startProtected();
        changePolicy(server, "PT12H", "P7D");
        ClockForTests.set("2090-01-01T11:30:00Z");
        changePolicy(server, "PT1H", "P7D");
        ClockForTests.set("2090-01-01T12:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        awaitCompletedJobs(server, 1);
        assertEquals(List.of("started 12:00"), ledger(server));
    }

    /// Nobody woke the policy while the former schedule was in force.
    @Test
    void slotsOfAFormerScheduleThatWereDueAreNotForgotten() {
        TestServer server = servers.startProtected();
        ClockForTests.set("2090-01-01T04:10:00Z");
        changePolicy(server, "PT12H", "P7D");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(List.of("missed 01:00 02:00", "coalesced 03:00", "started 04:00"), ledger(server));
        awaitCompletedJobs(server, 1);
        ClockForTests.set("2090-01-01T12:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals("started 12:00", ledger(server).getLast());
    }

    @Test
    void slotsOfAFormerPolicyThatWereDueAreNotForgottenAlsoWhenItIsGone() {
        TestServer server = servers.startProtected();
        makePolicy(server, "rare", "PT12H");
        ClockForTests.set("2090-01-01T04:10:00Z");
        switchTo(server, "rare");
        assertEquals(204, server.delete(VAULT_PATH + "/backup-policies/gold").status());
        makePolicy(server, "rarest", "P1D");
        ClockForTests.set("2090-01-01T12:20:00Z");
        switchTo(server, "rarest");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(List.of("missed 01:00 02:00 03:00 04:00", "started 12:00"), ledger(server));
    }

    @Test
    void aPolicyThatWasSwitchedToWhileTheClockWasAheadCountsFromNow() {
        TestServer server = servers.startProtected();
        makePolicy(server, "often", "PT2H");
        ClockForTests.set("2099-01-01T00:30:00Z");
        switchTo(server, "often");
        ClockForTests.set("2090-01-01T01:10:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(List.of("reopened"), ledger(server));
        server.part(Views.class).catchUp();
        server.part(PolicyWakeUp.class).wakeAll();
        awaitCompletedJobs(server, 1);
        ClockForTests.set("2090-01-01T02:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(List.of("reopened", "started 01:00", "started 02:00"), ledger(server));
    }

    /// Otherwise a clock that was once in 2099 would keep the new schedule waiting until then.
    @Test
    void aScheduleThatWasSetWhileTheClockWasAheadCountsFromNow() {
        TestServer server = servers.startProtected();
        PolicyWakeUp wakeUp = server.part(PolicyWakeUp.class);
        ClockForTests.set("2099-01-01T00:30:00Z");
        changePolicy(server, "PT12H", "P7D");
        ClockForTests.set("2090-01-01T01:10:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 1);
        server.part(Views.class).catchUp();
        ClockForTests.set("2090-01-01T12:00:00Z");
        wakeUp.wakeAll();
        assertEquals(List.of("started 01:00", "started 12:00"), ledger(server));
        awaitCompletedJobs(server, 2);
        assertEquals(
                Optional.of(Instant.parse("2090-01-01T01:10:00Z")),
                server.part(PolicySchedules.class)
                        .timeline(new PolicyId("prod", "gold"))
                        .lastChange());
    }

    @Test
    void aNewRetentionLeavesDueSlotsDue() {
        TestServer server = servers.startProtected();
        ClockForTests.set("2090-01-01T02:10:00Z");
        changePolicy(server, "PT1H", "P6D");
        server.part(PolicyWakeUp.class).wakeAll();
        assertEquals(List.of("coalesced 01:00", "started 02:00"), ledger(server));
    }

    @Test
    void aSlotIsSkippedWhileABackupIsUnderWay() {
        TestServer server = servers.startProtected();
        holdTheWorker(server);
        PolicyWakeUp wakeUp = server.part(PolicyWakeUp.class);
        ClockForTests.set("2090-01-01T01:00:00Z");
        wakeUp.wakeAll();
        ClockForTests.set("2090-01-01T02:00:00Z");
        wakeUp.wakeAll();
        assertEquals(List.of("started 01:00", "skipped 02:00"), ledger(server));
        HeldRestores.letGo();
        awaitCompletedJobs(server, 2);
        wakeUp.wakeAll();
        assertEquals(2, ledger(server).size(), "what was skipped is not made up for");
        ClockForTests.set("2090-01-01T03:00:00Z");
        wakeUp.wakeAll();
        awaitCompletedJobs(server, 3);
        assertEquals(List.of("started 01:00", "skipped 02:00", "started 03:00"), ledger(server));
    }

    /// The instances of a policy come in any order, so there is a broken one on either side of the sound one.
    @Test
    void anInstanceThatFailsDoesNotKeepTheOthersFromTheirTurn() {
        TestServer server = servers.startProtected();
        protectAnother(server, "a-broken");
        protectAnother(server, "z-broken");
        await(
                "both are listed",
                () -> server.get(VAULT_PATH + "/backup-instances")
                                .body()
                                .get("items")
                                .size()
                        == 3);
        ClockForTests.set("2090-01-01T01:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        awaitCompletedJobs(server, 1);
        assertEquals(List.of("started 01:00"), ledger(server));
    }

    private static void awaitUndecided(TestServer server, String slot) {
        await(
                slot + " is undecided",
                () -> server.part(InstanceCatalog.class)
                        .find(new InstanceId("prod", "web-1"))
                        .orElseThrow()
                        .decidedUntil()
                        .isBefore(Instant.parse(slot)));
    }

    /// Changes the policy and waits until wake-ups see it.
    private static void changePolicy(TestServer server, String frequency, String duration) {
        Answer changed = server.send(
                "PUT", VAULT_PATH + "/backup-policies/gold", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/%s"]},
                 "retention":[{"tag":"Default","duration":"%s"}]}""".formatted(frequency, duration), "If-Match", "*");
        assertEquals(200, changed.status(), () -> changed.body().toString());
        long version = changed.body().get("version").asLong();
        await(
                "version " + version,
                () -> server.part(PolicySchedules.class)
                                .find(new PolicyId("prod", "gold"))
                                .orElseThrow()
                                .version()
                        == version);
    }

    private static void makePolicy(TestServer server, String name, String frequency) {
        Answer made = server.put(VAULT_PATH + "/backup-policies/" + name, """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/%s"]},
                 "retention":[{"tag":"Default","duration":"P7D"}]}""".formatted(frequency));
        assertEquals(201, made.status(), () -> made.body().toString());
    }

    private static void switchTo(TestServer server, String policy) {
        Answer changed = server.put(
                Protected.INSTANCE_PATH,
                "{\"disk\":\"vm-disks/web-1\",\"policy\":\"%s\",\"snapshotResourceGroup\":\"snapshots\"}"
                        .formatted(policy));
        assertEquals(200, changed.status(), () -> changed.body().toString());
    }

    private void protectAnother(TestServer server, String name) {
        Protected.makeDisk(directory, name + ".img", 2, 1 << 16);
        assertEquals(
                201,
                server.put(
                                "/api/v1/resource-groups/vm-disks/disks/" + name,
                                "{\"source\":\"file:%s.img\"}".formatted(name))
                        .status());
        assertEquals(
                201,
                server.put(
                                VAULT_PATH + "/backup-instances/" + name,
                                "{\"disk\":\"vm-disks/%s\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}"
                                        .formatted(name))
                        .status());
    }

    private static void holdTheWorker(TestServer server) {
        JobId job = JobId.forOccasion("held");
        RestoreOrder order = new RestoreOrder("prod", "web-1", "none", "vm-disks", "held", "held.img", false, "raw");
        server.part(Commands.class)
                .send(new QueueJob(job, order, Optional.empty(), Optional.empty(), ClockForTests.now()));
        server.part(JobWorkers.class).wake();
        await("the only worker is held", HeldRestores::isHeld);
    }

    private static JsonNode point(TestServer server) {
        return server.get(Protected.INSTANCE_PATH + "/recovery-points")
                .body()
                .get("items")
                .get(0);
    }
}
