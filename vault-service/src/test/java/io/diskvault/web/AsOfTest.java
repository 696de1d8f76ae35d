package io.diskvault.web;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class AsOfTest {
    private static final String POLICY = VAULT_PATH + "/backup-policies/gold";
    private static final String POINTS = INSTANCE_PATH + "/recovery-points";

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    Path place;
    TestServer server;
    Instant nothing;
    Instant made;
    Instant backedUp;
    Instant changed;
    Instant deleted;
    String job;
    String point;

    /// Makes, backs up, changes and deletes, with an instant after each.
    @BeforeParameterizedClassInvocation
    void start() {
        place = directory.resolve(database.name());
        Protected.makeDisk(place, "web-1.img", 1, 1 << 12);
        server = TestServer.start(Protected.settings(database, place));
        nothing = instant();
        Protected.configure(server, place);
        made = instant();
        job = Protected.backUp(server).get("id").asText();
        point = server.get(POINTS).body().at("/items/0/id").asText();
        backedUp = instant();
        Protected.switchSoftDeleteOff(server);
        assertEquals(200, server.send("PUT", POLICY, """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT2H"]},
                 "retention":[{"tag":"Default","duration":"P9D"}]}""", "If-Match", "*").status());
        changed = instant();
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(204, server.delete(POLICY).status());
        assertEquals(204, server.delete(VAULT_PATH).status());
        deleted = instant();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
        assertEquals(List.of(), List.of(place.resolve("data/as-of").toFile().list()), "nothing stays behind");
    }

    /// Now, and before whatever comes next; events are stored with milliseconds.
    private static Instant instant() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        while (!Instant.now().isAfter(now.plusMillis(1))) {
            Thread.onSpinWait();
        }
        return now;
    }

    private Answer get(String path, Instant asOf) {
        return server.get(path + (path.contains("?") ? "&" : "?") + "asOf=" + asOf);
    }

    private JsonNode body(String path, Instant asOf) {
        Answer answer = get(path, asOf);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    @Test
    void aVaultIsAsItWas() {
        assertEquals(404, get(VAULT_PATH, nothing).status());
        assertEquals("On", body(VAULT_PATH, made).at("/softDelete/state").asText());
        assertEquals("Off", body(VAULT_PATH, changed).at("/softDelete/state").asText());
        assertEquals(404, get(VAULT_PATH, deleted).status());
        assertEquals(404, server.get(VAULT_PATH).status());
        assertEquals(0, body("/api/v1/backup-vaults", nothing).get("items").size());
        assertEquals(1, body("/api/v1/backup-vaults", made).get("items").size());
        assertEquals(0, body("/api/v1/backup-vaults", deleted).get("items").size());
    }

    @Test
    void aPolicyIsAsItWas() {
        assertEquals(1, body(POLICY, made).get("version").asInt());
        assertEquals(2, body(POLICY, changed).get("version").asInt());
        assertTrue(body(POLICY, made).toString().contains("P7D"));
        assertTrue(body(POLICY, changed).toString().contains("P9D"));
        assertEquals(404, get(POLICY, deleted).status());
    }

    @Test
    void anInstanceIsAsItWas() {
        JsonNode before = body(INSTANCE_PATH, made);
        assertTrue(before.get("latestRecoveryPoint").isNull());
        assertEquals(
                point,
                body(INSTANCE_PATH, backedUp).at("/latestRecoveryPoint/id").asText());
        Instant slot = Instant.parse(before.get("nextSlot").asText());
        assertTrue(slot.isAfter(made) && !slot.isAfter(made.plus(1, ChronoUnit.HOURS)), slot::toString);
        assertEquals(404, get(INSTANCE_PATH, deleted).status());
        assertEquals(
                1, body(VAULT_PATH + "/backup-instances", changed).get("items").size());
    }

    @Test
    void recoveryPointsAreAsTheyWere() {
        assertEquals(0, body(POINTS, made).get("items").size());
        JsonNode listed = body(POINTS, backedUp).get("items");
        assertEquals(1, listed.size());
        assertEquals("Live", body(POINTS + "/" + point, backedUp).get("state").asText());
        assertEquals("Expired", body(POINTS + "/" + point, deleted).get("state").asText());
    }

    @Test
    void aJobIsAsItWas() {
        assertEquals(404, get("/api/v1/backup-jobs/" + job, made).status());
        assertEquals(
                "Completed",
                body("/api/v1/backup-jobs/" + job, backedUp).get("status").asText());
        Instant queued = server.part(EventStore.class)
                .readEvents("job:" + job)
                .next()
                .getTimestamp()
                .truncatedTo(ChronoUnit.MILLIS);
        JsonNode then = body("/api/v1/backup-jobs/" + job, queued);
        assertFalse(then.get("status").asText().equals("Completed"), then::toString);
        assertEquals(0, body("/api/v1/backup-jobs", made).get("items").size());
        assertEquals(1, body("/api/v1/backup-jobs", backedUp).get("items").size());
    }

    @Test
    void thePresentIsNotTouched() {
        assertEquals("On", body(VAULT_PATH, made).at("/softDelete/state").asText());
        assertEquals(0, server.get("/api/v1/backup-vaults").body().get("items").size());
        assertEquals(201, server.put("/api/v1/backup-vaults/now", "{}").status());
        assertEquals(404, get("/api/v1/backup-vaults/now", made).status());
        assertEquals(204, server.delete("/api/v1/backup-vaults/now").status());
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertEquals(422, get(VAULT_PATH, Instant.now().plusSeconds(60)).status());
        assertEquals(422, server.get(VAULT_PATH + "?asOf=yesterday").status());
        assertEquals(
                422, server.get(VAULT_PATH + "?asOf=-1000000-01-01T00:00:00Z").status());
        assertEquals(422, get("/api/v1/tokens", made).status());
        assertEquals(
                422, server.put("/api/v1/backup-vaults/x?asOf=" + made, "{}").status());
        assertEquals(404, get(VAULT_PATH, Instant.EPOCH).status());
    }

    @Test
    void onlySoManyInstantsAreKeptAtATime() throws Exception {
        for (Instant asked : List.of(nothing, made, backedUp, changed, deleted)) {
            assertEquals(200, get("/api/v1/backup-vaults", asked).status());
            assertEquals(200, get("/api/v1/backup-vaults", asked).status());
        }
        try (Stream<Path> kept = Files.list(place.resolve("data/as-of"))) {
            assertTrue(kept.count() <= 8);
        }
    }
}
