package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.Commands;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
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
class PolicyEndpointsTest {
    private static final String VAULT = "/api/v1/backup-vaults/prod";
    private static final String POLICY = VAULT + "/backup-policies/gold";
    private static final String INTERVAL = "R/2026-11-01T02:00:00+01:00/PT4H";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(database.fresh(directory));
        assertEquals(201, server.put(VAULT, "{}").status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String policy(String interval, String tag, String duration) {
        return """
                {"schedule":{"repeatingTimeIntervals":["%s"]},"retention":[{"tag":"%s","duration":"%s"}]}""".formatted(interval, tag, duration);
    }

    private static String in(String zone, String policy) {
        return policy.replace("{\"schedule\":{", "{\"schedule\":{\"timeZone\":\"" + zone + "\",");
    }

    private static String keep(String duration) {
        return policy(INTERVAL, "Default", duration);
    }

    private Answer change(String ifMatch, String json) {
        return server.send("PUT", POLICY, json, "If-Match", ifMatch);
    }

    private void assertRefused(int status, String code, Answer answer) {
        assertEquals(status, answer.status(), answer.body()::toString);
        assertEquals(code, answer.code());
    }

    private List<Object> events(String stream) {
        return server.part(EventStore.class)
                .readEvents(stream)
                .asStream()
                .<Object>map(event -> event.getPayload())
                .toList();
    }

    @Test
    void aPolicyIsMadeOnceReadAndListed() {
        Answer made = server.put(POLICY, keep("P7D"));
        assertEquals(201, made.status(), made.body()::toString);
        assertEquals("\"1\"", made.headers().get("etag"));
        assertEquals("prod", made.body().get("vault").asText());
        assertEquals("gold", made.body().get("name").asText());
        assertEquals(1, made.body().get("version").asLong());
        assertEquals(
                "{\"repeatingTimeIntervals\":[\"" + INTERVAL + "\"],\"timeZone\":null}",
                made.body().get("schedule").toString());
        assertEquals(
                "[{\"tag\":\"Default\",\"duration\":\"P7D\"}]",
                made.body().get("retention").toString());
        Answer again = server.put(POLICY, keep("P7D"));
        assertEquals(200, again.status());
        assertEquals(made.body(), again.body());
        assertEquals("\"1\"", server.get(POLICY).headers().get("etag"));
        assertEquals(made.body(), server.get(POLICY).body());
        Answer list = server.get(VAULT + "/backup-policies");
        assertEquals(made.body(), list.body().get("items").get(0));
        assertTrue(list.body().get("nextCursor").isNull());
        assertRefused(404, "UserErrorBackupVaultNotFound", server.get("/api/v1/backup-vaults/absent/backup-policies"));
        assertRefused(404, "UserErrorBackupPolicyNotFound", server.get(VAULT + "/backup-policies/absent"));
    }

    @Test
    void aChangeNeedsTheCurrentVersion() {
        server.put(POLICY, keep("P7D"));
        assertRefused(428, "UserErrorPolicyVersionRequired", server.put(POLICY, keep("P8D")));
        assertRefused(412, "UserErrorPolicyVersionMismatch", change("\"2\"", keep("P8D")));
        assertRefused(412, "UserErrorPolicyVersionMismatch", change("1", keep("P8D")));
        Answer changed = change("\"1\"", keep("P8D"));
        assertEquals(200, changed.status());
        assertEquals("\"2\"", changed.headers().get("etag"));
        assertEquals(2, changed.body().get("version").asLong());
        assertEquals(changed.body(), server.get(POLICY).body());
        Answer lostAndRepeated = change("\"1\"", keep("P8D"));
        assertEquals(200, lostAndRepeated.status());
        assertEquals(changed.body(), lostAndRepeated.body());
        assertRefused(412, "UserErrorPolicyVersionMismatch", change("\"1\"", keep("P9D")));
        assertEquals(3, change("*", keep("P9D")).body().get("version").asLong());
    }

    @Test
    void ifMatchNeverCreates() {
        assertRefused(412, "UserErrorPolicyVersionMismatch", change("\"1\"", keep("P7D")));
        assertRefused(412, "UserErrorPolicyVersionMismatch", change("*", keep("P7D")));
        assertEquals(404, server.get(POLICY).status());
    }

    @Test
    void aPolicyInUseStaysAndSoDoesItsVault() {
        server.put(POLICY, keep("P7D"));
        PolicyId id = new PolicyId("prod", "gold");
        Commands commands = server.part(Commands.class);
        commands.send(new AssignPolicy(id, "prod/web-1", Instant.EPOCH));
        List<Object> vaultBefore = events("vault:prod");
        Answer refused = server.delete(POLICY);
        assertRefused(409, "UserErrorDppPolicyObjectInUse", refused);
        assertTrue(refused.body().get("detail").asText().contains("prod/web-1"));
        assertEquals(vaultBefore, events("vault:prod"));
        assertRefused(409, "UserErrorBackupVaultNotEmpty", server.delete(VAULT));
        commands.send(new UnassignPolicy(id, "prod/web-1", Instant.EPOCH));
        assertEquals(204, server.delete(POLICY).status());
        assertRefused(404, "UserErrorBackupPolicyNotFound", server.delete(POLICY));
        assertEquals(204, server.delete(VAULT).status());
    }

    @Test
    void aPolicyWithALongHistoryIsReadFromItsSnapshot() {
        server.put(POLICY, keep("P7D"));
        PolicyId id = new PolicyId("prod", "gold");
        Commands commands = server.part(Commands.class);
        commands.send(new AssignPolicy(id, "prod/web-1", Instant.EPOCH));
        for (int i = 0; i < 60; i++) {
            commands.send(new AssignPolicy(id, "prod/web-2", Instant.EPOCH));
            commands.send(new UnassignPolicy(id, "prod/web-2", Instant.EPOCH));
        }
        assertInstanceOf(BackupPolicy.class, events("policy:prod/gold").getFirst());
        assertRefused(409, "UserErrorDppPolicyObjectInUse", server.delete(POLICY));
        assertRefused(428, "UserErrorPolicyVersionRequired", server.put(POLICY, keep("P8D")));
        assertEquals(200, server.put(POLICY, keep("P7D")).status());
        assertEquals(2, change("\"1\"", keep("P8D")).body().get("version").asLong());
    }

    @Test
    void aPolicyWithoutAVaultLeavesNoEvent() {
        assertRefused(
                404,
                "UserErrorBackupVaultNotFound",
                server.put("/api/v1/backup-vaults/absent/backup-policies/gold", keep("P7D")));
        assertEquals(List.of(), events("vault:absent"));
        assertEquals(List.of(), events("policy:absent/gold"));
    }

    @Test
    void aPolicyHasATimeZoneAndARuleForEachTag() {
        String rules = "[{\"tag\":\"Default\",\"duration\":\"P1D\"},{\"tag\":\"Daily\",\"duration\":\"P30D\"},"
                + "{\"tag\":\"Weekly\",\"duration\":\"P12W\"},{\"tag\":\"Monthly\",\"duration\":\"P12M\"},"
                + "{\"tag\":\"Yearly\",\"duration\":\"P2Y\"}]";
        String schedule = "{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+01:00/P1W\"],"
                + "\"timeZone\":\"Europe/Amsterdam\"}";
        Answer made = server.put(POLICY, "{\"schedule\":" + schedule + ",\"retention\":" + rules + "}");
        assertEquals(201, made.status(), made.body()::toString);
        assertEquals(rules, made.body().get("retention").toString());
        assertEquals(schedule, made.body().get("schedule").toString());
        assertEquals(made.body(), server.get(POLICY).body());
    }

    @Test
    void theRowGivesTheRulesBack() {
        server.put(POLICY, keep("P7D"));
        PolicyRow row = server.part(PolicyRows.class).findById("prod/gold").orElseThrow();
        assertEquals(BackupSchedule.of(INTERVAL), row.backupSchedule());
        assertEquals("P7D", row.retentionRules().defaultRule().duration().text());
        assertEquals(
                new RetentionTerms(new PolicyId("prod", "gold"), 1, row.retentionRules(), ZoneId.of("UTC")),
                row.retentionTerms());
    }

    @Test
    void refusesBadPolicies() {
        assertRefused(422, "UserErrorInvalidRequest", server.put(POLICY, "{}"));
        assertRefused(422, "UserErrorInvalidRequest", server.put(POLICY, "{\"schedule\":{},\"retention\":[]}"));
        assertRefused(
                422,
                "UserErrorInvalidRequest",
                server.put(POLICY, "{\"schedule\":{\"repeatingTimeIntervals\":[null]},\"retention\":[]}"));
        assertRefused(
                422,
                "UserErrorInvalidRequest",
                server.put(
                        POLICY,
                        "{\"schedule\":{\"repeatingTimeIntervals\":[\"" + INTERVAL + "\"]},\"retention\":[null]}"));
        assertRefused(
                422, "UserErrorInvalidBackupSchedule", server.put(POLICY, policy("R/now/PT4H", "Default", "P7D")));
        assertRefused(422, "UserErrorInvalidRetention", server.put(POLICY, keep("forever")));
        assertRefused(422, "UserErrorInvalidRetention", server.put(POLICY, policy(INTERVAL, "Daily", "P7D")));
        assertRefused(422, "UserErrorInvalidName", server.put(VAULT + "/backup-policies/gold-", keep("P7D")));
        assertRefused(422, "UserErrorInvalidRetention", server.put(POLICY, policy(INTERVAL, "Hourly", "P7D")));
        assertRefused(422, "UserErrorInvalidBackupSchedule", server.put(POLICY, in("Mars/Olympus", keep("P7D"))));
        assertEquals(
                400,
                server.put(POLICY, in("UTC\",\"startWindow\":\"PT2H", keep("P7D")))
                        .status());
        assertEquals(404, server.get(POLICY).status());
    }
}
