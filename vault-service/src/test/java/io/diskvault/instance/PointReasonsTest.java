package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Recovery points say why they are kept, what would become of them, and why they went.
@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class PointReasonsTest {
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final String POINTS_PATH = INSTANCE_PATH + "/recovery-points";
    private static final String HOLD = "{\"reason\":\"case 7\"}";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    TestServer server;
    String older;
    String newest;

    @BeforeEach
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(database, directory));
        Protected.configure(server, directory);
        older = Protected.backUp(server).get("recoveryPoint").asText();
        newest = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode point(String id) {
        Answer answer = server.get(POINTS_PATH + "/" + id);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    private String why(String id) {
        return point(id).get("why").asText();
    }

    private static Instant time(JsonNode body, String field) {
        return Instant.parse(body.get(field).asText());
    }

    private JsonNode listed(String state) {
        return server.get(POINTS_PATH + "?state=" + state).body().get("items");
    }

    private void expireAt(Instant at) {
        server.part(Commands.class).send(new ExpireRecoveryPoints(WEB, at));
        server.part(Views.class).catchUp();
    }

    private Instant inAMonth() {
        return time(point(newest), "expiryTime").plus(Duration.ofDays(30));
    }

    @Test
    void aLivePointSaysByWhichRuleAndUntilWhen() {
        JsonNode point = point(older);
        assertEquals("Live", point.get("state").asText());
        assertEquals("gold", point.get("policy").asText());
        assertEquals("P7D", point.get("retentionDuration").asText());
        assertEquals(
                "On-demand backup by rule Default (P7D) of policy gold version 1; kept until "
                        + point.get("expiryTime").asText(),
                why(older));
        server.post(INSTANCE_PATH + "/stop-protection", "{}");
        assertTrue(why(older).endsWith("; kept for as long as protection is stopped"), why(older));
        server.delete(INSTANCE_PATH);
        assertTrue(why(older).contains("; kept until its deleted backup instance is purged at "), why(older));
    }

    @Test
    void anExpiredPointSaysWhyAndWhenForEver() {
        Instant at = inAMonth();
        expireAt(at);
        assertEquals(1, listed("live").size());
        JsonNode gone = listed("expired").get(0);
        assertEquals(older, gone.get("id").asText());
        assertEquals("Expired", gone.get("state").asText());
        assertEquals(at, time(gone, "expiredTime"));
        assertEquals("RETENTION_ELAPSED", gone.get("expiryReason").asText());
        assertEquals(
                "On-demand backup by rule Default (P7D) of policy gold version 1; removed at %s because its time was up at %s"
                        .formatted(at, gone.get("expiryTime").asText()),
                gone.get("why").asText());
        assertEquals(gone, point(older));

        server.delete(INSTANCE_PATH);
        server.delete(VAULT_PATH + "/deleted-backup-instances/web-1");
        assertEquals(404, server.get(INSTANCE_PATH).status());
        assertEquals(gone, point(older));
        assertEquals(2, listed("expired").size());
        assertTrue(why(newest).endsWith("because its deleted backup instance was purged"), why(newest));
        assertEquals(
                404,
                server.get(VAULT_PATH + "/backup-instances/other/recovery-points?state=expired")
                        .status());
        assertEquals(404, server.get(POINTS_PATH + "/nonsense").status());
    }

    @Test
    void aHeldPointStaysUntilReleased() {
        Answer held = server.put(POINTS_PATH + "/" + older + "/legal-hold", HOLD);
        assertEquals(200, held.status());
        assertEquals("case 7", held.body().get("legalHold").get("reason").asText());
        assertTrue(why(older).contains("; kept by a legal hold since "), why(older));
        assertEquals(1, listed("held").size());
        expireAt(inAMonth());
        assertEquals(2, listed("live").size());
        assertEquals(
                0,
                server.part(InstanceCatalog.class).withElapsedPoints(inAMonth()).size(),
                "nobody asks in vain");

        assertEquals(
                204, server.delete(POINTS_PATH + "/" + older + "/legal-hold").status());
        assertEquals(
                204, server.delete(POINTS_PATH + "/" + older + "/legal-hold").status());
        assertEquals(0, listed("held").size());
        assertEquals(
                1,
                server.part(InstanceCatalog.class).withElapsedPoints(inAMonth()).size());
        expireAt(inAMonth());
        assertEquals(older, listed("expired").get(0).get("id").asText());
        assertEquals(
                404, server.put(POINTS_PATH + "/" + older + "/legal-hold", HOLD).status());
    }

    @Test
    void anInstanceWithHeldPointsIsNeitherDeletedNorPurged() {
        server.put(POINTS_PATH + "/" + older + "/legal-hold", HOLD);
        Answer refused = server.delete(INSTANCE_PATH);
        assertEquals(409, refused.status());
        assertEquals("UserErrorRecoveryPointsOnLegalHold", refused.code());
        server.delete(POINTS_PATH + "/" + older + "/legal-hold");
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(
                200, server.put(POINTS_PATH + "/" + older + "/legal-hold", HOLD).status());
        Answer purge = server.delete(VAULT_PATH + "/deleted-backup-instances/web-1");
        assertEquals("UserErrorRecoveryPointsOnLegalHold", purge.code());
    }

    @Test
    void refusesHoldsWithoutAReasonAndUnknownPointsAndStates() {
        String path = POINTS_PATH + "/" + older + "/legal-hold";
        for (String body : new String[] {"{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(501) + "\"}"}) {
            assertEquals(422, server.put(path, body).status(), body);
        }
        assertEquals(400, server.put(path, "{\"why\":\"case 7\"}").status());
        Answer unknown = server.put(POINTS_PATH + "/nonsense/legal-hold", HOLD);
        assertEquals(404, unknown.status());
        assertEquals("UserErrorDiskSnapshotNotFound", unknown.code());
        assertEquals(404, server.delete(POINTS_PATH + "/nonsense/legal-hold").status());
        assertEquals(422, server.get(POINTS_PATH + "?state=lost").status());
    }

    @Test
    void thePlanShowsWhatWouldGoAndChangesNothing() {
        JsonNode now = server.get(INSTANCE_PATH + "/expiry-plan").body();
        assertEquals(0, now.get("expiring").size());
        assertEquals(2, now.get("staying").size());
        JsonNode later =
                server.get(INSTANCE_PATH + "/expiry-plan?at=" + inAMonth()).body();
        assertEquals(older, later.get("expiring").get(0).get("point").asText());
        JsonNode goes = later.get("expiring").get(0);
        assertEquals(
                "Goes at the next expiry: its time was up at %s."
                        .formatted(goes.get("expiryTime").asText()),
                goes.get("why").asText());
        JsonNode stays = now.get("staying").get(0);
        assertEquals(
                "Stays until its time is up at %s."
                        .formatted(stays.get("expiryTime").asText()),
                stays.get("why").asText());
        assertEquals("[\"NEWEST\"]", later.get("staying").get(0).get("keptBy").toString());
        assertEquals(2, listed("live").size());
        assertEquals(
                404,
                server.get(VAULT_PATH + "/backup-instances/other/expiry-plan").status());
    }

    @Test
    void thePointsOfADiskThatIsGoneStay() {
        assertTrue(directory.resolve("disks/web-1.img").toFile().delete());
        JsonNode failed = Protected.backUp(server);
        assertEquals("Failed", failed.get("status").asText());
        assertEquals(
                "UserErrorManagedDiskNotFound", failed.get("error").get("code").asText());
        assertFalse(failed.get("error").get("recommendedAction").asText().isEmpty());
        assertEquals(2, listed("live").size());
    }

    @Test
    void aDayHasTenOnDemandBackups() {
        for (int i = 3; i <= 10; i++) {
            assertEquals("Completed", Protected.backUp(server).get("status").asText());
        }
        Answer refused = server.post(INSTANCE_PATH + "/backups", "{}");
        assertEquals(429, refused.status());
        assertEquals("UserErrorOnDemandBackupLimitReached", refused.code());
        assertTrue(refused.body().get("detail").asText().contains("T00:00:00Z"), refused.body()::toString);
    }
}
