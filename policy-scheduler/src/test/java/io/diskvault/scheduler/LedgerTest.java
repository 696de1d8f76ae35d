package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.await;
import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static io.diskvault.scheduler.Servers.jobs;
import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobWorkers;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The ledger over REST. The policy is hourly from the full hour.
@ParameterizedClass
@EnumSource
class LedgerTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Servers servers;
    TestServer server;

    @BeforeEach
    void open() {
        servers = new Servers(database, directory, Map.of("diskvault.jobs.workers", 1, HeldRestores.SETTING, "true"));
        server = servers.startProtected();
    }

    @AfterEach
    void close() {
        HeldRestores.letGo();
        servers.close();
    }

    private void wakeAt(String time) {
        ClockForTests.set("2090-01-01T" + time + "Z");
        server.part(PolicyWakeUp.class).wakeAll();
    }

    /// The slots, oldest first: hour, state, lateness and the reason's code.
    private List<String> slots(String query) {
        List<String> slots = new ArrayList<>();
        Answer answer = server.get(INSTANCE_PATH + "/slots" + query);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        answer.body()
                .get("items")
                .forEach(slot -> slots.addFirst(String.join(
                                " ",
                                slot.get("slot").asText().substring(11, 16),
                                slot.get("state").asText(),
                                slot.path("lateness").asText("").replace("null", ""),
                                slot.path("reason").path("code").asText(""))
                        .replaceAll(" +", " ")
                        .strip()));
        return slots;
    }

    private void awaitSlots(String... expected) {
        await(List.of(expected) + ", not " + slots(""), () -> slots("").equals(List.of(expected)));
    }

    private void holdTheWorker(String occasion) {
        RestoreOrder order = new RestoreOrder("prod", "web-1", "none", "vm-disks", "held", "held.img", false, "raw");
        server.part(Commands.class)
                .send(new QueueJob(
                        JobId.forOccasion(occasion), order, Optional.empty(), Optional.empty(), ClockForTests.now()));
        server.part(JobWorkers.class).wake();
        await("the only worker is held", HeldRestores::isHeld);
    }

    @Test
    void everySlotSaysWhatBecameOfItAndWhy() throws Exception {
        wakeAt("01:00:59");
        awaitSlots("01:00 OnTime PT59S");
        wakeAt("02:10:00");
        awaitSlots("01:00 OnTime PT59S", "02:00 Late PT10M");
        wakeAt("06:15:00");
        awaitSlots(
                "01:00 OnTime PT59S",
                "02:00 Late PT10M",
                "03:00 Missed StartWindowPassed",
                "04:00 Missed StartWindowPassed",
                "05:00 Coalesced NewerSlotStarted",
                "06:00 Late PT15M");
        Files.delete(directory.resolve("disks/web-1.img"));
        wakeAt("07:00:00");
        awaitSlots(
                "01:00 OnTime PT59S",
                "02:00 Late PT10M",
                "03:00 Missed StartWindowPassed",
                "04:00 Missed StartWindowPassed",
                "05:00 Coalesced NewerSlotStarted",
                "06:00 Late PT15M",
                "07:00 Failed PT0S UserErrorManagedDiskNotFound");
        JsonNode failed =
                server.get(INSTANCE_PATH + "/slots?limit=1").body().get("items").get(0);
        assertEquals(jobs(server).getFirst().get("id"), failed.get("job"));
        assertEquals(
                jobs(server).getFirst().get("error").get("message"),
                failed.get("reason").get("message"));
        assertEquals(List.of("02:00 Late PT10M"), slots("?from=2090-01-01T02:00:00Z&to=2090-01-01T03:00:00Z"));
        assertEquals(List.of("05:00 Coalesced NewerSlotStarted"), slots("?state=Coalesced"));
    }

    @Test
    void aSlotIsQueuedUntilItIsItsTurnAndTheNextOneSkipped() {
        holdTheWorker("held");
        wakeAt("01:00:00");
        awaitSlots("01:00 Queued");
        wakeAt("02:00:00");
        awaitSlots("01:00 Queued", "02:00 Skipped StillRunning");
        HeldRestores.letGo();
        awaitSlots("01:00 Late PT1H", "02:00 Skipped StillRunning");
    }

    @Test
    void aSlotWhoseBackupIsCancelledIsSkipped() {
        holdTheWorker("held");
        wakeAt("01:00:00");
        awaitSlots("01:00 Queued");
        String job = jobs(server).getFirst().get("id").asText();
        assertEquals(
                202, server.post("/api/v1/backup-jobs/" + job + "/cancel", "{}").status());
        awaitSlots("01:00 Skipped JobCancelled");
    }

    @Test
    void slotsThatWereDecidedWhileTheClockWasAheadComeAgain() {
        wakeAt("01:00:00");
        awaitSlots("01:00 OnTime PT0S");
        wakeAt("09:00:00");
        awaitCompletedJobs(server, 2);
        wakeAt("01:30:00");
        awaitSlots("01:00 OnTime PT0S", "09:00 OnTime PT0S");
        wakeAt("02:00:00");
        awaitSlots("01:00 OnTime PT0S", "02:00 OnTime PT0S", "09:00 OnTime PT0S");
        assertEquals(3, jobs(server).size());
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEnded() {
        wakeAt("06:00:00");
        awaitCompletedJobs(server, 1);
        JsonNode first = server.get(INSTANCE_PATH + "/slots?limit=4").body();
        assertEquals(4, first.get("items").size());
        assertEquals(
                "2090-01-01T06:00:00Z", first.get("items").get(0).get("slot").asText());
        JsonNode second = server.get(INSTANCE_PATH + "/slots?limit=4&cursor="
                        + first.get("nextCursor").asText())
                .body();
        assertEquals(2, second.get("items").size());
        assertEquals(
                "2090-01-01T02:00:00Z", second.get("items").get(0).get("slot").asText());
        assertTrue(second.get("nextCursor").isNull());
    }

    @Test
    void theLongestTimeWithoutARecoveryPointIsTold() {
        String gaps = INSTANCE_PATH + "/recovery-point-gaps";
        JsonNode none = server.get(gaps).body();
        assertTrue(none.get("longest").isNull(), "protected just now");
        assertTrue(none.get("currentAge").isNull());
        wakeAt("01:00:00");
        awaitCompletedJobs(server, 1);
        wakeAt("06:00:00");
        awaitCompletedJobs(server, 2);
        ClockForTests.set("2090-01-01T07:15:00Z");
        JsonNode all = server.get(gaps).body();
        assertEquals(2, all.get("recoveryPoints").asInt());
        assertEquals(
                "{\"start\":\"2090-01-01T01:00:00Z\",\"end\":\"2090-01-01T06:00:00Z\",\"length\":\"PT5H\"}",
                all.get("longest").toString());
        assertEquals("2090-01-01T06:00:00Z", all.get("latestRecoveryPoint").asText());
        assertEquals("PT1H15M", all.get("currentAge").asText());
        assertEquals("2090-01-01T00:30:00Z", all.get("from").asText(), "not before the protection began");
        JsonNode part = server.get(gaps + "?from=2090-01-01T05:30:00Z").body();
        assertEquals("PT1H15M", part.get("longest").get("length").asText());
        JsonNode vault = server.get(VAULT_PATH + "/recovery-point-gaps").body();
        assertEquals(1, vault.get("items").size());
        assertEquals(all, vault.get("items").get(0));
        Protected.backUp(server);
        assertEquals(3, server.get(gaps).body().get("recoveryPoints").asInt());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(
                404, server.get(VAULT_PATH + "/backup-instances/absent/slots").status());
        assertEquals(
                404,
                server.get(VAULT_PATH + "/backup-instances/absent/recovery-point-gaps")
                        .status());
        assertEquals(
                404,
                server.get("/api/v1/backup-vaults/absent/recovery-point-gaps").status());
        assertEquals(422, server.get(INSTANCE_PATH + "/slots?state=Lost").status());
        assertEquals(422, server.get(INSTANCE_PATH + "/slots?limit=0").status());
        assertEquals(
                422,
                server.get(INSTANCE_PATH + "/recovery-point-gaps?from=2080-01-01T00:00:00Z")
                        .status());
        assertEquals(
                422,
                server.get(INSTANCE_PATH + "/recovery-point-gaps?from=2090-02-01T00:00:00Z")
                        .status());
    }
}
