package io.diskvault.critical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.guard.ApprovalCommand.RequestApproval;
import io.diskvault.guard.ApprovalRequestId;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.guard.GuardId;
import io.diskvault.instance.BackupKind;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.diskvault.testing.Guarded;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a resource guard protects takes the approval of a second person, every time, over REST and to the letter.
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class CriticalOperationsTest {
    private static final String REQUIRED = "UserErrorResourceGuardApprovalRequired";

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    TestServer server;
    Guarded world;
    String alice;
    String mallory;
    String bob;

    @BeforeParameterizedClassInvocation
    void start() {
        Path home = directory.resolve(database.name());
        Protected.makeDisk(home, "web-1.img", 1, 1 << 12);
        server = TestServer.start(Protected.settings(database, home));
        Protected.configure(server, home);
        world = new Guarded(server, home);
        alice = world.token("alice", "Backup Contributor", "server");
        mallory = world.token("mallory", "Backup Contributor", "server");
        server.put("/api/v1/resource-guards/main", "{}");
        bob = world.token("bob", "Backup MUA Admin", "guard:main");
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    /// @param back what undoes it, and needs nobody's approval
    private record Step(
            String operation,
            String method,
            String path,
            @Nullable String json,
            List<Step> back) {
        static Step of(String operation, String method, String path, @Nullable String json, Step... back) {
            return new Step(operation, method, path, json, List.of(back));
        }
    }

    private Answer send(String token, Step step) {
        return world.as(token, step.method(), step.path(), step.json());
    }

    private static void ok(Answer answer) {
        assertTrue(answer.status() / 100 == 2, answer::toString);
    }

    /// Is refused, and the guard knows of it.
    private JsonNode refused(Step step) {
        Answer answer = send(alice, step);
        assertEquals(REQUIRED, answer.code(), () -> step + ": " + answer);
        assertEquals(403, answer.status());
        JsonNode request = world.requestIn(answer);
        assertEquals("alice", request.get("requester").asText());
        assertEquals(step.operation(), request.get("operation").asText());
        assertEquals("Requested", request.get("status").asText());
        return request;
    }

    private Answer decide(String token, JsonNode request, String verb) {
        return world.as(token, "POST", "approval-requests/" + request.get("id").asText() + "/" + verb, null);
    }

    private JsonNode stored(JsonNode request) {
        return server.get("/api/v1/approval-requests/" + request.get("id").asText())
                .body();
    }

    private static Step stop(String vault) {
        String web = "backup-vaults/" + vault + "/backup-instances/web";
        return Step.of(
                "StopProtection",
                "POST",
                web + "/stop-protection",
                null,
                Step.of("", "POST", web + "/resume-protection", null));
    }

    @Test
    void eachIsRefusedPassesOnceWhenApprovedAndIsRefusedAgain() {
        world.vault("each");
        String point = world.backUp("each");
        String vault = "backup-vaults/each";
        String web = vault + "/backup-instances/web";
        String hold = web + "/recovery-points/" + point + "/legal-hold";
        Step resume = Step.of("", "POST", web + "/resume-protection", null);
        Step unlock = Step.of("", "PUT", vault, "{\"immutability\":\"Unlocked\"}");
        Step setHold = Step.of("", "PUT", hold, "{\"reason\":\"court\"}");
        ok(send(alice, unlock));
        ok(send(alice, setHold));
        world.link("each", "main");
        List<Step> steps = List.of(
                Step.of(
                        "ReduceSoftDelete",
                        "PUT",
                        vault,
                        "{\"softDelete\":{\"state\":\"Off\"}}",
                        Step.of("", "PUT", vault, "{\"softDelete\":{\"state\":\"On\"}}")),
                Step.of("ReduceImmutability", "PUT", vault, "{\"immutability\":\"Disabled\"}", unlock),
                Step.of("SuspendBackups", "POST", web + "/suspend-backups", null, resume),
                stop("each"),
                Step.of("ReleaseLegalHold", "DELETE", hold, null, setHold),
                Step.of(
                        "WeakenPolicy",
                        "PUT",
                        vault + "/backup-policies/gold",
                        Guarded.policy(6),
                        Step.of("", "PUT", vault + "/backup-policies/gold", Guarded.policy(7))),
                Step.of(
                        "WeakenPolicy",
                        "PUT",
                        web,
                        Guarded.instance("each", "silver", false),
                        Step.of("", "PUT", web, Guarded.instance("each", "gold", false))));
        steps.forEach(this::passesOnce);
        // Nothing may be deleted before its time in an immutable vault; from here on it is none.
        approve(steps.get(1));
        approve(steps.get(4));
        Step delete = Step.of(
                "DeleteData",
                "DELETE",
                web,
                null,
                Step.of("", "POST", vault + "/deleted-backup-instances/web/undelete", null));
        passesOnce(delete);
        approve(delete);
        passes(Step.of("DeleteData", "DELETE", vault + "/deleted-backup-instances/web", null));
        assertEquals(404, server.get("/api/v1/" + web).status());
    }

    private void passes(Step step) {
        JsonNode request = refused(step);
        assertEquals(request, refused(step), "one request for one thing");
        ok(decide(bob, request, "approve"));
        ok(send(alice, step));
        assertEquals("Used", stored(request).get("status").asText());
        assertEquals("bob", stored(request).get("approver").asText());
    }

    private void passesOnce(Step step) {
        passes(step);
        step.back().forEach(back -> ok(send(alice, back)));
        refused(step);
    }

    private void approve(Step step) {
        ok(decide(bob, refused(step), "approve"));
        ok(send(alice, step));
    }

    @Test
    void nothingChangesBeforeTheApprovalAndNothingIsAskedThatStrengthens() {
        world.vault("still");
        world.link("still", "main");
        JsonNode before =
                server.get("/api/v1/backup-vaults/still/backup-instances/web").body();
        refused(stop("still"));
        assertEquals(
                before,
                server.get("/api/v1/backup-vaults/still/backup-instances/web").body());
        ok(world.as(alice, "PUT", "backup-vaults/still/backup-policies/gold", Guarded.policy(8)));
        ok(world.as(alice, "PUT", "backup-vaults/still", "{\"softDelete\":{\"state\":\"On\",\"retentionDays\":30}}"));
        ok(world.as(alice, "PUT", "backup-vaults/still", "{\"immutability\":\"Unlocked\"}"));
        refused(Step.of(
                "ReduceSoftDelete",
                "PUT",
                "backup-vaults/still",
                "{\"softDelete\":{\"state\":\"On\",\"retentionDays\":29}}"));
    }

    @Test
    void anApprovalIsForOnePrincipalAndOneThing() {
        world.vault("one");
        world.vault("two");
        world.link("one", "main");
        world.link("two", "main");
        ok(decide(bob, refused(stop("one")), "approve"));
        assertEquals(REQUIRED, send(mallory, stop("one")).code());
        assertEquals(REQUIRED, send(alice, stop("two")).code());
        Step shorter = Step.of("WeakenPolicy", "PUT", "backup-vaults/one/backup-policies/gold", Guarded.policy(6));
        ok(decide(bob, refused(shorter), "approve"));
        assertEquals(
                REQUIRED,
                world.as(alice, "PUT", "backup-vaults/one/backup-policies/gold", Guarded.policy(5))
                        .code());
        ok(send(alice, shorter));
        ok(send(alice, stop("one")));
    }

    @Test
    void aFailedOperationLeavesItsApproval() {
        world.vault("fails");
        String point = world.backUp("fails");
        world.link("fails", "main");
        String web = "backup-vaults/fails/backup-instances/web";
        Step delete = Step.of("DeleteData", "DELETE", web, null);
        JsonNode request = refused(delete);
        ok(decide(bob, request, "approve"));
        String hold = web + "/recovery-points/" + point + "/legal-hold";
        ok(world.as(mallory, "PUT", hold, "{\"reason\":\"court\"}"));
        assertEquals(409, send(alice, delete).status());
        assertEquals("Approved", stored(request).get("status").asText());
    }

    @Test
    void deniedCancelledAndExpiredRequestsLetNothingThrough() {
        world.vault("no");
        world.link("no", "main");
        JsonNode first = refused(stop("no"));
        ok(decide(bob, first, "approve"));
        ok(decide(bob, first, "deny"));
        JsonNode second = refused(stop("no"));
        assertNotEquals(first.get("id"), second.get("id"));
        ok(decide(alice, second, "cancel"));
        assertEquals(409, decide(bob, second, "approve").status());
        Instant yesterday = Instant.parse("2026-01-01T00:00:00Z");
        ApprovalRequestId late = new ApprovalRequestId(UUID.randomUUID());
        CriticalCall call = new CriticalCall(
                CriticalOperation.STOP_PROTECTION, "instance:no/web", "ProtectionConfigured becomes ProtectionStopped");
        server.part(Commands.class)
                .send(new RequestApproval(
                        late, new GuardId("main"), call, "alice", yesterday.plus(Duration.ofDays(1)), yesterday));
        server.part(Views.class).catchUp();
        String path = "approval-requests/" + late.value();
        assertEquals(
                "Expired", server.get("/api/v1/" + path).body().get("status").asText());
        assertEquals(
                "UserErrorApprovalRequestNotOpen",
                world.as(bob, "POST", path + "/approve", null).code());
        assertTrue(server.get("/api/v1/approval-requests?status=Expired")
                .body()
                .toString()
                .contains(late.value().toString()));
        assertEquals(REQUIRED, send(alice, stop("no")).code());
    }

    @Test
    void ofTwoUsesOfOneApprovalOneWins() throws Exception {
        world.vault("race");
        String point = world.backUp("race");
        String hold = "backup-vaults/race/backup-instances/web/recovery-points/" + point + "/legal-hold";
        ok(world.as(alice, "PUT", hold, "{\"reason\":\"court\"}"));
        world.link("race", "main");
        Step release = Step.of("ReleaseLegalHold", "DELETE", hold, null);
        ok(decide(bob, refused(release), "approve"));
        Callable<Answer> use = () -> send(alice, release);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int passed = 0;
            for (Future<Answer> answer : threads.invokeAll(List.of(use, use, use, use))) {
                assertTrue(answer.get().status() == 204 || answer.get().status() == 403, answer.get()::toString);
                passed += answer.get().status() == 204 ? 1 : 0;
            }
            assertEquals(1, passed);
        }
    }

    @Test
    void resumingIsCriticalIfPointsGoByIt() {
        world.vault("stopped");
        InstanceId web = new InstanceId("stopped", "web");
        Answer accepted = server.post("/api/v1/backup-vaults/stopped/backup-instances/web/backups", "{}");
        String job =
                Protected.await(server, accepted.header("location")).get("id").asText();
        Instant old = Instant.parse("2026-01-01T00:00:00Z");
        RetentionRule week = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P7D"));
        RetentionTerms terms = new RetentionTerms(
                new PolicyId("stopped", "gold"), 1, new RetentionRules(List.of(week)), ZoneId.of("UTC"));
        ok(server.post("/api/v1/backup-vaults/stopped/backup-instances/web/stop-protection", null));
        server.part(Commands.class)
                .send(new RecordRecoveryPoint(
                        web,
                        new JobId(UUID.fromString(job)),
                        new RecoveryPointFacts(
                                UUID.randomUUID().toString(), BackupKind.ON_DEMAND, old, "FullRead", 1, 1, 1, 1),
                        terms,
                        Optional.empty(),
                        old));
        world.link("stopped", "main");
        Step resume =
                Step.of("DeleteData", "POST", "backup-vaults/stopped/backup-instances/web/resume-protection", null);
        passes(resume);
    }
}
