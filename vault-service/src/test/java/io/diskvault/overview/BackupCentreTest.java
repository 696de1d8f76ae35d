package io.diskvault.overview;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class BackupCentreTest {
    private static final String ALL = "/api/v1/backup-instances";

    @TempDir
    static Path directory;

    TestServer server;

    /// One instance that is well, one whose disk is gone, one that was stopped, and a disk that nobody protects.
    @BeforeAll
    void start() throws Exception {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Path gone = Protected.makeDisk(directory, "web-2.img", 2, 1 << 12);
        Protected.makeDisk(directory, "web-3.img", 3, 1 << 12);
        Protected.makeDisk(directory, "web-4.img", 4, 1 << 12);
        server = TestServer.start(Protected.settings(TestDatabase.POSTGRESQL, directory));
        Protected.configure(server, directory);
        for (String disk : new String[] {"web-2", "web-3", "web-4"}) {
            made(server.put(
                    "/api/v1/resource-groups/vm-disks/disks/" + disk, "{\"source\":\"file:%s.img\"}".formatted(disk)));
        }
        made(server.put("/api/v1/backup-vaults/other", "{}"));
        made(server.put("/api/v1/backup-vaults/other/backup-policies/silver", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1D"]},
                 "retention":[{"tag":"Default","duration":"P7D"}]}"""));
        for (String disk : new String[] {"web-2", "web-3"}) {
            made(server.put(
                    "/api/v1/backup-vaults/other/backup-instances/" + disk,
                    "{\"disk\":\"vm-disks/%s\",\"policy\":\"silver\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}"
                            .formatted(disk)));
        }
        Protected.backUp(server);
        Protected.backUp(server);
        Files.delete(gone);
        Answer failing = server.post("/api/v1/backup-vaults/other/backup-instances/web-2/backups", "{}");
        Protected.await(server, failing.header("location"));
        awaitAlert();
        assertEquals(
                200,
                server.post("/api/v1/backup-vaults/other/backup-instances/web-3/stop-protection", "{}")
                        .status());
    }

    /// Alerts follow what happens some milliseconds behind.
    private void awaitAlert() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (server.get("/api/v1/alerts").body().get("items").isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "there is no alert of the failed backup");
            LockSupport.parkNanos(2_000_000);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void made(Answer answer) {
        assertEquals(201, answer.status(), () -> answer.body().toString());
    }

    private String names(String query) {
        Answer answer = server.get(ALL + query);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        StringBuilder names = new StringBuilder();
        answer.body()
                .get("items")
                .forEach(item -> names.append(item.get("name").asText()).append(' '));
        return names.toString().strip();
    }

    @Test
    void theInstancesOfAllVaultsAreOneList() {
        assertEquals("web-3 web-2 web-1", names(""));
        assertEquals("web-1", names("?vault=prod"));
        assertEquals("web-3 web-2", names("?policy=silver"));
        assertEquals("web-3", names("?state=ProtectionStopped"));
        assertEquals("", names("?state=SoftDeleted"));
        assertEquals("", names("?resourceGroup=snapshots"));
        assertEquals("web-3 web-2 web-1", names("?resourceGroup=vm-disks"));
        assertEquals("web-1", names("?health=Healthy"));
        assertEquals("web-2", names("?health=Unhealthy"));
        assertEquals("web-3", names("?health=NotProtected"));
        assertEquals(422, server.get(ALL + "?health=Fine").status());
        assertEquals(422, server.get(ALL + "?state=Fine").status());
    }

    @Test
    void pagesGoOnWhereTheLastEnded() {
        JsonNode first = server.get(ALL + "?limit=2").body();
        assertEquals("web-2", first.at("/items/1/name").asText());
        assertEquals("web-1", names("?limit=2&cursor=" + first.get("nextCursor").asText()));
    }

    @Test
    void everyInstanceSaysHowItIs() {
        JsonNode well = server.get(INSTANCE_PATH).body();
        assertEquals(
                "{\"state\":\"Healthy\",\"persistence\":null,\"reason\":null,\"recommendedAction\":null}",
                well.get("health").toString());
        JsonNode bad = server.get(ALL + "?health=Unhealthy").body().at("/items/0/health");
        assertEquals("Transient", bad.get("persistence").asText());
        assertTrue(bad.get("reason").asText().startsWith("The disk was not found"), bad::toString);
        assertTrue(bad.get("recommendedAction").asText().length() > 10, bad::toString);
    }

    @Test
    void disksWithoutProtectionAreFound() {
        JsonNode free = server.get("/api/v1/disks?protected=false").body();
        assertEquals(1, free.get("items").size());
        assertEquals("web-4", free.at("/items/0/name").asText());
        assertEquals(
                3,
                server.get("/api/v1/disks?protected=true").body().get("items").size());
        assertEquals(4, server.get("/api/v1/disks").body().get("items").size());
        assertEquals(422, server.get("/api/v1/disks?protected=maybe").status());
    }

    @Test
    void theOverviewBringsAllTogether() {
        JsonNode overview = server.get("/api/v1/overview").body();
        assertEquals(
                "{\"disks\":4,\"protectedDisks\":3,\"unprotectedDisks\":1,\"missingDisks\":1,"
                        + "\"instances\":{\"healthy\":1,\"degraded\":0,\"unhealthy\":1,\"notProtected\":1}}",
                overview.get("protection").toString());
        assertEquals(
                "[{\"operation\":\"Backup\",\"status\":\"Completed\",\"count\":2},"
                        + "{\"operation\":\"Backup\",\"status\":\"Failed\",\"count\":1}]",
                overview.at("/jobs/lastSevenDays").toString());
        assertTrue(overview.at("/alerts/newest").size() > 0, overview::toString);
        assertEquals("web-2", overview.at("/alerts/newest/0/instance").asText(), overview::toString);
        assertEquals(1, overview.get("problems").size());
        assertEquals("web-2", overview.at("/problems/0/name").asText());
        JsonNode storage = overview.get("storage");
        assertEquals((8 << 16), storage.get("logicalBytes").asLong());
        assertTrue(storage.get("usedBytes").asLong() >= 1 << 16, storage::toString);
        assertTrue(storage.get("storedBytes").asLong() > 0, storage::toString);
        assertEquals(30, storage.get("days").size());
        JsonNode today = storage.at("/days/29");
        assertEquals(LocalDate.now(ZoneOffset.UTC).toString(), today.get("day").asText());
        assertEquals(storage.get("storedBytes"), today.get("storedBytes"));
        assertEquals("snapshots", storage.at("/datastores/0/resourceGroup").asText());
        assertTrue(storage.at("/datastores/0/freeBytes").asLong() > 0, storage::toString);
    }

    @Test
    void nobodySeesMoreThanHeMay() {
        Answer made = server.post(
                "/api/v1/tokens", "{\"name\":\"guest\",\"role\":\"Backup Reader\",\"scope\":\"vault:prod\"}");
        String bearer = "Bearer " + made.body().get("token").asText();
        JsonNode list = server.send("GET", ALL, null, "Authorization", bearer).body();
        assertEquals(1, list.get("items").size(), list::toString);
        JsonNode overview = server.send("GET", "/api/v1/overview", null, "Authorization", bearer)
                .body();
        assertEquals(0, overview.at("/protection/disks").asInt(), overview::toString);
        assertEquals(0, overview.at("/protection/missingDisks").asInt());
        assertEquals(1, overview.at("/protection/instances/healthy").asInt());
        assertEquals(0, overview.at("/protection/instances/unhealthy").asInt());
        assertEquals(1, overview.at("/jobs/lastDay").size());
        assertEquals(0, overview.get("problems").size());
        assertEquals(0, overview.at("/alerts/newest").size());
        assertEquals(0, overview.at("/storage/datastores").size());
    }

    @Test
    void listsAreToBeHadAsCsv() {
        Answer csv = server.send("GET", ALL + "?limit=2&policy=silver", null, "Accept", "text/csv");
        assertEquals(200, csv.status());
        assertEquals("text/csv;charset=utf-8", csv.header("content-type"));
        List<String> lines = csv.body().asText().lines().toList();
        assertEquals(3, lines.size(), csv.body()::asText);
        assertTrue(
                lines.getFirst()
                        .startsWith("vault,name,disk,policy,policyVersion,snapshotResourceGroup,protectionState,"),
                lines.getFirst());
        assertTrue(lines.getFirst()
                .endsWith("proofOverdue,health.state,health.persistence,health.reason,health.recommendedAction"));
        assertTrue(
                lines.get(1).startsWith("other,web-3,vm-disks/web-3,silver,1,snapshots,ProtectionStopped,"),
                lines.get(1));
        Answer page = server.send("GET", "/api/v1/backup-jobs?limit=2", null, "Accept", "text/csv");
        String next = page.header("link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        assertTrue(next.startsWith("/api/v1/backup-jobs?limit=2&cursor="), next);
        Answer last = server.send("GET", next, null, "Accept", "text/csv");
        assertEquals(2, last.body().asText().lines().count(), last.body()::asText);
        assertEquals("", last.header("link"));
        assertEquals(
                3,
                server.send("GET", "/api/v1/backup-jobs", null, "Accept", "application/json, text/csv")
                        .body()
                        .get("items")
                        .size());
        assertEquals(
                422,
                server.send("GET", INSTANCE_PATH, null, "Accept", "text/csv").status());
        Answer missing = server.send("GET", INSTANCE_PATH + "x", null, "Accept", "text/csv");
        assertEquals(404, missing.status());
        assertEquals(
                "UserErrorBackupInstanceNotFound",
                missing.code(),
                () -> missing.body().toString());
    }

    @Test
    void anInstanceSaysWhatItsRecoveryPointsTakeAndWouldFree() {
        JsonNode storage = uniqueKnown();
        assertEquals(1 << 19, storage.get("logicalBytes").asLong());
        assertEquals(0, storage.at("/points/0/freedIfExpiredBytes").asLong(), "the newest holds what the first does");
        assertEquals(0, storage.at("/points/1/freedIfExpiredBytes").asLong());
        assertTrue(storage.get("uniqueBytes").asLong() > 0, storage::toString);
        assertEquals(30, storage.get("days").size());
        assertEquals(storage.get("usedBytes"), storage.at("/days/29/addedBytes"));
        assertEquals(storage.get("storedBytes"), storage.at("/days/29/storedBytes"));
        assertEquals(0, storage.at("/days/28/storedBytes").asLong());
        assertEquals(
                404,
                server.get("/api/v1/backup-vaults/prod/backup-instances/nobody/storage")
                        .status());
    }

    private JsonNode uniqueKnown() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonNode storage = server.get(INSTANCE_PATH + "/storage").body();
        while (storage.get("uniqueBytes").isNull()) {
            assertTrue(System.nanoTime() < deadline, storage::toString);
            storage = server.get(INSTANCE_PATH + "/storage").body();
        }
        return storage;
    }
}
