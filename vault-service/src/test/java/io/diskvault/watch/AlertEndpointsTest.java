package io.diskvault.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceId;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What happens to an instance, and what is told of it, in the order of the story.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertEndpointsTest {
    private static final String ALERTS = "/api/v1/alerts";
    private static final Instant SLOT = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Path image;

    @BeforeAll
    static void start() {
        image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.POSTGRESQL, directory));
        Protected.configure(server, directory);
        ok(server.put("/api/v1/backup-vaults/other", "{}"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void ok(Answer answer) {
        assertTrue(answer.status() < 300, () -> answer.body().toString());
    }

    /// The only alert that a filter lets through, as soon as it is as expected.
    private static JsonNode await(String filter, Predicate<JsonNode> expected) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (true) {
            server.part(Views.class).catchUp();
            JsonNode items = server.get(ALERTS + filter).body().get("items");
            if (items.size() == 1 && expected.test(items.get(0))) {
                return items.get(0);
            }
            assertTrue(System.nanoTime() < deadline, () -> "still " + items);
            Thread.onSpinWait();
        }
    }

    private static Predicate<JsonNode> isState(String state) {
        return alert -> alert.get("state").asText().equals(state);
    }

    @Test
    @Order(1)
    void backupsThatFailAreOneAlertThatCounts() throws IOException {
        Files.move(image, directory.resolve("away.img"));
        Protected.backUp(server);
        String job = Protected.backUp(server).get("id").asText();
        JsonNode alert = await("?kind=BackupFailed", found -> found.get("count").asInt() == 2);
        assertEquals("Critical", alert.get("severity").asText());
        assertEquals("New", alert.get("state").asText());
        assertEquals("prod", alert.get("vault").asText());
        assertEquals("web-1", alert.get("instance").asText());
        assertEquals(job, alert.get("job").asText());
        assertTrue(alert.get("message").asText().startsWith("A backup of prod/web-1 failed: "), alert::toString);
        assertNotEquals(alert.get("firstTime"), alert.get("lastTime"));
    }

    @Test
    @Order(2)
    void somebodyAcknowledgesIt() {
        String id = await("?kind=BackupFailed", isState("New")).get("id").asText();
        JsonNode seen = server.post(ALERTS + "/" + id + "/acknowledge", "{}").body();
        assertEquals("Acknowledged", seen.get("state").asText());
        assertEquals("administrator", seen.get("acknowledgedBy").asText());
        assertEquals(seen, server.get(ALERTS + "/" + id).body());
    }

    @Test
    @Order(3)
    void itIsClosedByItselfWhenABackupSucceeds() throws IOException {
        Files.move(directory.resolve("away.img"), image);
        Protected.backUp(server);
        JsonNode alert = await("?kind=BackupFailed", isState("Closed"));
        assertEquals("system", alert.get("closedBy").asText());
        Answer late = server.post(ALERTS + "/" + alert.get("id").asText() + "/acknowledge", "{}");
        assertEquals(409, late.status());
        assertEquals("UserErrorAlertClosed", late.code());
    }

    @Test
    @Order(4)
    void aFailureAfterThatOpensItAgain() throws IOException {
        String before = await("?kind=BackupFailed", isState("Closed")).get("id").asText();
        Files.delete(image);
        Protected.backUp(server);
        JsonNode alert = await("?kind=BackupFailed", isState("New"));
        assertEquals(before, alert.get("id").asText());
        assertEquals(1, alert.get("count").asInt());
        assertTrue(alert.get("acknowledgedBy").isNull() && alert.get("closedBy").isNull(), alert::toString);
    }

    @Test
    @Order(5)
    void missedSlotsAreTold() {
        server.part(Commands.class)
                .send(new RecordMissedSlots(
                        new InstanceId("prod", "web-1"),
                        Instant.EPOCH,
                        List.of(SLOT.minusSeconds(3600), SLOT),
                        MissKind.MISSED,
                        SLOT));
        JsonNode alert = await("?kind=SlotMissed&vault=prod&instance=web-1", isState("New"));
        assertEquals(2, alert.get("count").asInt());
        assertEquals("Warning", alert.get("severity").asText());
    }

    @Test
    @Order(6)
    void aPolicyThatKeepsLessIsTold() {
        ok(server.send("PUT", Protected.VAULT_PATH + "/backup-policies/gold", policy("P2D"), "If-Match", "*"));
        JsonNode alert = await("?kind=RetentionShortened", isState("New"));
        assertEquals(1, alert.get("count").asInt());
        assertTrue(alert.get("message").asText().contains("from version 2 on"), alert::toString);
        assertTrue(alert.get("instance").isNull());
    }

    private static String policy(String duration) {
        return """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT1H"]},
                 "retention":[{"tag":"Default","duration":"%s"}]}""".formatted(duration);
    }

    @Test
    @Order(7)
    void onlyWhoMayReadTheVaultOrTheServerSeesThem() {
        server.part(Alerts.class)
                .stands(Cause.of(AlertKind.DATASTORE_NEARLY_FULL, "snapshots", "Full.", "Make room."), SLOT);
        server.part(Views.class).catchUp();
        String ofServer =
                await("?kind=DatastoreNearlyFull", isState("New")).get("id").asText();
        String ofVault = await("?kind=SlotMissed", isState("New")).get("id").asText();
        String reader = tokenOf("reader", "Backup Reader", "vault:prod");
        String stranger = tokenOf("stranger", "Backup Operator", "vault:other");
        JsonNode seen = send("GET", "", reader).body().get("items");
        assertEquals(3, seen.size(), seen::toString);
        assertEquals(0, send("GET", "", stranger).body().get("items").size());
        assertEquals(404, send("GET", "/" + ofServer, reader).status());
        assertEquals(404, send("GET", "/" + ofVault, stranger).status());
        assertEquals(404, send("POST", "/" + ofVault + "/close", stranger).status());
        assertEquals(403, send("POST", "/" + ofVault + "/close", reader).status());
        assertEquals(
                "New", server.get(ALERTS + "/" + ofVault).body().get("state").asText());
        String operator = tokenOf("operator", "Backup Operator", "vault:prod");
        JsonNode closed = send("POST", "/" + ofVault + "/close", operator).body();
        assertEquals("operator", closed.get("closedBy").asText(), closed::toString);
    }

    private static String tokenOf(String name, String role, String scope) {
        Answer token = server.post(
                "/api/v1/tokens", "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role, scope));
        ok(token);
        return token.body().get("token").asText();
    }

    private static Answer send(String method, String path, String token) {
        return server.send(
                method, ALERTS + path, method.equals("GET") ? null : "{}", "Authorization", "Bearer " + token);
    }

    @Test
    @Order(8)
    void theyComePageByPageAndByFilter() {
        JsonNode all = server.get(ALERTS).body().get("items");
        assertEquals(4, all.size(), all::toString);
        JsonNode first = server.get(ALERTS + "?limit=3").body();
        JsonNode second = server.get(
                        ALERTS + "?limit=3&cursor=" + first.get("nextCursor").asText())
                .body();
        assertEquals(3, first.get("items").size());
        assertEquals(all.get(3), second.get("items").get(0));
        assertTrue(second.get("nextCursor").isNull());
        assertEquals(1, server.get(ALERTS + "?state=Closed").body().get("items").size());
        assertEquals(
                1, server.get(ALERTS + "?severity=Critical").body().get("items").size());
        assertEquals(422, server.get(ALERTS + "?kind=Nonsense").status());
        assertEquals(422, server.get(ALERTS + "?state=Open").status());
        assertEquals("UserErrorAlertNotFound", server.get(ALERTS + "/nonsense").code());
    }
}
