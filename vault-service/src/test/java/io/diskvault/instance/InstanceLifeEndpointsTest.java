package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.PurgeInstance;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
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

/// The states of an instance over REST, and every refusal on the way.
@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class InstanceLifeEndpointsTest {
    private static final String DELETED_PATH = VAULT_PATH + "/deleted-backup-instances";
    private static final String OTHER_PATH = VAULT_PATH + "/backup-instances/other";
    private static final String BODY =
            "{\"disk\":\"vm-disks/web-1\",\"policy\":\"%s\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(database, directory));
        Protected.configure(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void refused(int status, String code, Answer answer) {
        assertEquals(code, answer.code(), () -> answer.body().toString());
        assertEquals(status, answer.status());
        assertFalse(answer.body().get("detail").asText().isEmpty());
        assertFalse(answer.body().get("recommendedAction").asText().isEmpty());
    }

    private Answer order(String what) {
        return server.post(INSTANCE_PATH + "/" + what, "{}");
    }

    private void becomes(String state, Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        assertEquals(state, answer.body().get("protectionState").asText());
        assertEquals(
                state, server.get(INSTANCE_PATH).body().get("protectionState").asText());
    }

    private Answer backup() {
        return server.post(INSTANCE_PATH + "/backups", "{}");
    }

    private int listed(String path) {
        return server.get(path).body().get("items").size();
    }

    private void deleteSoftly() {
        assertEquals(204, server.delete(INSTANCE_PATH).status());
    }

    @Test
    void protectionIsStoppedSuspendedAndResumed() {
        assertEquals(
                "ProtectionConfigured",
                server.get(INSTANCE_PATH).body().get("protectionState").asText());
        becomes("ProtectionStopped", order("stop-protection"));
        becomes("ProtectionStopped", order("stop-protection"));
        assertTrue(server.get(INSTANCE_PATH).body().get("nextSlot").isNull());
        refused(409, "UserErrorProtectionStopped", backup());
        becomes("BackupsSuspended", order("suspend-backups"));
        refused(409, "UserErrorBackupsSuspended", backup());
        becomes("ProtectionConfigured", order("resume-protection"));
        becomes("ProtectionConfigured", order("resume-protection"));
        assertFalse(server.get(INSTANCE_PATH).body().get("nextSlot").isNull());
        assertEquals("Completed", Protected.backUp(server).get("status").asText());
        for (String what : new String[] {"stop-protection", "suspend-backups", "resume-protection"}) {
            refused(404, "UserErrorBackupInstanceNotFound", server.post(OTHER_PATH + "/" + what, "{}"));
        }
    }

    @Test
    void anotherPolicyIsTakenAndTheOldOneLetGo() {
        Protected.backUp(server);
        JsonNode before = server.get(INSTANCE_PATH + "/recovery-points").body();
        assertEquals(
                201, server.put(VAULT_PATH + "/backup-policies/silver", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1D"]},
                 "retention":[{"tag":"Default","duration":"P30D"}]}""").status());
        Answer changed = server.put(INSTANCE_PATH, BODY.formatted("silver"));
        assertEquals(200, changed.status(), () -> changed.body().toString());
        assertEquals("silver", changed.body().get("policy").asText());
        assertEquals(before, server.get(INSTANCE_PATH + "/recovery-points").body(), "existing points are untouched");
        assertEquals(200, server.put(INSTANCE_PATH, BODY.formatted("silver")).status());
        refused(409, "UserErrorDppPolicyObjectInUse", server.delete(VAULT_PATH + "/backup-policies/silver"));
        assertEquals(204, server.delete(VAULT_PATH + "/backup-policies/gold").status());
        refused(404, "UserErrorBackupPolicyNotFound", server.put(INSTANCE_PATH, BODY.formatted("gold")));
    }

    @Test
    void aDeletedInstanceIsKeptAndCanBeHadBack() {
        Protected.backUp(server);
        deleteSoftly();
        deleteSoftly();
        assertEquals(0, listed(VAULT_PATH + "/backup-instances"));
        JsonNode deleted = server.get(DELETED_PATH).body().get("items").get(0);
        assertEquals("SoftDeleted", deleted.get("protectionState").asText());
        assertEquals(
                Instant.parse(deleted.get("deletedTime").asText()).plus(Duration.ofDays(14)),
                Instant.parse(deleted.get("purgeTime").asText()));
        assertEquals(1, listed(INSTANCE_PATH + "/recovery-points"));

        Answer undeleted = server.post(DELETED_PATH + "/web-1/undelete", "{}");
        becomes("ProtectionStopped", undeleted);
        becomes("ProtectionStopped", server.post(DELETED_PATH + "/web-1/undelete", "{}"));
        assertEquals(0, listed(DELETED_PATH));
        assertEquals(1, listed(VAULT_PATH + "/backup-instances"));
        becomes("ProtectionConfigured", order("resume-protection"));
        assertEquals("Completed", Protected.backUp(server).get("status").asText());
        refused(409, "UserErrorBackupInstanceNotSoftDeleted", server.post(DELETED_PATH + "/web-1/undelete", "{}"));
        refused(409, "UserErrorBackupInstanceNotSoftDeleted", server.delete(DELETED_PATH + "/web-1"));
        refused(404, "UserErrorBackupInstanceNotFound", server.delete(DELETED_PATH + "/other"));
        refused(404, "UserErrorBackupInstanceNotFound", server.post(DELETED_PATH + "/other/undelete", "{}"));
        refused(
                404,
                "UserErrorBackupVaultNotFound",
                server.get("/api/v1/backup-vaults/nowhere/deleted-backup-instances"));
    }

    @Test
    void aDeletedInstanceRefusesEverythingElse() {
        deleteSoftly();
        refused(409, "UserErrorBackupInstanceSoftDeleted", backup());
        for (String what : new String[] {"stop-protection", "suspend-backups", "resume-protection"}) {
            refused(409, "UserErrorBackupInstanceSoftDeleted", order(what));
        }
        refused(409, "UserErrorBackupInstanceSoftDeleted", server.put(INSTANCE_PATH, BODY.formatted("gold")));
    }

    @Test
    void theDiskIsFreeMeanwhileAndResumingIsRefusedOnceItIsTaken() {
        deleteSoftly();
        assertEquals(201, server.put(OTHER_PATH, BODY.formatted("gold")).status());
        becomes("ProtectionStopped", server.post(DELETED_PATH + "/web-1/undelete", "{}"));
        refused(409, "UserErrorDppDatasourceAlreadyHasBackupInstance", order("resume-protection"));
        becomes("BackupsSuspended", order("suspend-backups"));
        refused(409, "UserErrorDppDatasourceAlreadyHasBackupInstance", order("resume-protection"));
        assertEquals(204, server.delete(OTHER_PATH).status());
        becomes("ProtectionConfigured", order("resume-protection"));
    }

    @Test
    void aDiskThatIsGoneMeanwhileCannotBeResumed() {
        deleteSoftly();
        assertEquals(
                204,
                server.delete("/api/v1/resource-groups/vm-disks/disks/web-1").status());
        becomes("ProtectionStopped", server.post(DELETED_PATH + "/web-1/undelete", "{}"));
        refused(404, "UserErrorManagedDiskNotFound", order("resume-protection"));
    }

    @Test
    void purgingGivesUpEverythingAndFreesTheName() {
        Protected.backUp(server);
        deleteSoftly();
        assertEquals(204, server.delete(DELETED_PATH + "/web-1").status());
        refused(404, "UserErrorBackupInstanceNotFound", server.get(INSTANCE_PATH));
        assertEquals(0, listed(DELETED_PATH));
        assertEquals(201, server.put(INSTANCE_PATH, BODY.formatted("gold")).status());
        assertEquals(0, listed(INSTANCE_PATH + "/recovery-points"));
    }

    @Test
    void aDeletedInstanceIsPurgedWhenItsTimeIsUp() {
        deleteSoftly();
        InstanceCatalog instances = server.part(InstanceCatalog.class);
        Instant purgeTime =
                Instant.parse(server.get(INSTANCE_PATH).body().get("purgeTime").asText());
        assertEquals(0, instances.dueForPurge(purgeTime.minusMillis(1)).size());
        assertEquals(1, instances.dueForPurge(purgeTime).size());
        purge(Removal.PURGE_WHEN_DUE, purgeTime);
        assertEquals(404, server.get(INSTANCE_PATH).status());
    }

    private void purge(Removal removal, Instant at) {
        server.part(Commands.class)
                .send(new PurgeInstance(
                        new InstanceId("prod", "web-1"),
                        new DiskId("vm-disks", "web-1"),
                        new PolicyId("prod", "gold"),
                        new ResourceGroupId("snapshots"),
                        removal,
                        at));
        server.part(Views.class).catchUp();
    }

    private Answer immutability(String state) {
        return server.put(VAULT_PATH, "{\"immutability\":\"%s\"}".formatted(state));
    }

    @Test
    void anImmutableVaultLetsNothingGoBeforeItsTime() {
        Protected.backUp(server);
        refused(409, "UserErrorUnsupportedVaultImmutabilityStateChange", immutability("Locked"));
        refused(422, "UserErrorInvalidRequest", immutability("Frozen"));
        assertEquals(200, immutability("Unlocked").status());
        Answer early = server.delete(INSTANCE_PATH);
        refused(409, "UserErrorVaultImmutable", early);
        assertTrue(early.body().get("detail").asText().contains("1 of its recovery points have to stay"));
        assertEquals(200, immutability("Disabled").status());
        deleteSoftly();
        assertEquals(200, immutability("Unlocked").status());
        assertEquals("Locked", immutability("Locked").body().get("immutability").asText());
        refused(409, "UserErrorVaultImmutable", server.delete(DELETED_PATH + "/web-1"));
        refused(409, "UserErrorUnsupportedVaultImmutabilityStateChange", immutability("Disabled"));
        refused(409, "UserErrorUnsupportedVaultImmutabilityStateChange", immutability("Unlocked"));
        assertEquals(1, listed(INSTANCE_PATH + "/recovery-points"));
        Instant expiry = Instant.parse(server.get(INSTANCE_PATH + "/recovery-points")
                .body()
                .at("/items/0/expiryTime")
                .asText());
        purge(Removal.PURGE, expiry);
        assertEquals(404, server.get(INSTANCE_PATH).status());
    }

    @Test
    void aVaultThatHoldsAnythingStaysAndSaysWhatItHolds() {
        Answer full = server.delete(VAULT_PATH);
        refused(409, "UserErrorBackupVaultNotEmpty", full);
        assertEquals(
                "The backup vault 'prod' still holds 1 backup instance (web-1), 1 backup policy (gold).",
                full.body().get("detail").asText());
        deleteSoftly();
        Answer deleted = server.delete(VAULT_PATH);
        refused(409, "UserErrorBackupVaultNotEmpty", deleted);
        assertEquals(
                "The backup vault 'prod' still holds 1 deleted backup instance (web-1), 1 backup policy (gold).",
                deleted.body().get("detail").asText());
        refused(409, "UserErrorDppPolicyObjectInUse", server.delete(VAULT_PATH + "/backup-policies/gold"));
        assertEquals(204, server.delete(DELETED_PATH + "/web-1").status());
        assertEquals(204, server.delete(VAULT_PATH + "/backup-policies/gold").status());
        assertEquals(204, server.delete(VAULT_PATH).status());
    }

    @Test
    void withoutSoftDeleteAnInstanceGoesAtOnce() {
        Protected.switchSoftDeleteOff(server);
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(404, server.get(INSTANCE_PATH).status());
        assertEquals(0, listed(DELETED_PATH));
    }
}
