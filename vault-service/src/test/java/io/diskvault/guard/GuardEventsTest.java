package io.diskvault.guard;

import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalEvent.ApprovalUsed;
import io.diskvault.guard.ApprovalEvent.RequestApproved;
import io.diskvault.guard.ApprovalEvent.RequestCancelled;
import io.diskvault.guard.ApprovalEvent.RequestDenied;
import io.diskvault.guard.GuardEvent.GuardCreated;
import io.diskvault.guard.GuardEvent.GuardDeleted;
import io.diskvault.guard.GuardEvent.GuardOperationsChanged;
import io.diskvault.guard.GuardEvent.GuardedVaultAdded;
import io.diskvault.guard.GuardEvent.GuardedVaultRemoved;
import io.diskvault.guard.GuardProxyEvent.VaultGuarded;
import io.diskvault.guard.GuardProxyEvent.VaultUnguarded;
import io.diskvault.testing.Snapshots;
import io.diskvault.testing.StoredEvents;
import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GuardEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-11-02T12:00:00.123Z");
    private static final String TIME = "\"2026-11-01T12:00:00.123Z\"}";
    private static final GuardId MAIN = new GuardId("main");
    private static final VaultId PROD = new VaultId("prod");
    private static final GuardProxyId PROXY = new GuardProxyId(PROD);
    private static final ApprovalRequestId ID =
            new ApprovalRequestId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final String REQUEST = "{\"request\":\"00000000-0000-4000-8000-00000000000a\",";

    @SuppressWarnings("NullAway") // only the names of a module are asked for
    private static GuardModule module() {
        return new GuardModule();
    }

    private static String everyName() {
        return "\"ReduceSoftDelete\",\"ReduceImmutability\",\"StopProtection\",\"SuspendBackups\",\"DeleteData\","
                + "\"WeakenPolicy\",\"ReleaseLegalHold\",\"OverwriteDisk\",\"RemoveGuard\",\"ChangeApprovers\"";
    }

    @Test
    void areStoredAsEverBefore() {
        CriticalCall call = new CriticalCall(CriticalOperation.STOP_PROTECTION, "instance:prod/web-1", "stop");
        new StoredEvents(module())
                .hold(
                        "guard.created",
                        "{\"guard\":\"main\",\"operations\":[" + everyName() + "],\"at\":" + TIME,
                        new GuardCreated(MAIN, EnumSet.allOf(CriticalOperation.class), AT))
                .hold(
                        "guard.operations-changed",
                        "{\"guard\":\"main\",\"operations\":[\"RemoveGuard\"],\"at\":" + TIME,
                        new GuardOperationsChanged(MAIN, EnumSet.of(CriticalOperation.REMOVE_GUARD), AT))
                .hold("guard.deleted", "{\"guard\":\"main\",\"at\":" + TIME, new GuardDeleted(MAIN, AT))
                .hold(
                        "guard.vault-added",
                        "{\"guard\":\"main\",\"vault\":\"prod\",\"at\":" + TIME,
                        new GuardedVaultAdded(MAIN, PROD, AT))
                .hold(
                        "guard.vault-removed",
                        "{\"guard\":\"main\",\"vault\":\"prod\",\"at\":" + TIME,
                        new GuardedVaultRemoved(MAIN, PROD, AT))
                .hold(
                        "guard-proxy.vault-guarded",
                        "{\"proxy\":\"prod\",\"guard\":\"main\",\"at\":" + TIME,
                        new VaultGuarded(PROXY, MAIN, AT))
                .hold(
                        "guard-proxy.vault-unguarded",
                        "{\"proxy\":\"prod\",\"at\":" + TIME,
                        new VaultUnguarded(PROXY, AT))
                .hold(
                        "approval.requested",
                        REQUEST
                                + "\"guard\":\"main\",\"call\":{\"operation\":\"StopProtection\","
                                + "\"resource\":\"instance:prod/web-1\",\"detail\":\"stop\"},\"requester\":\"alice\","
                                + "\"expiresAt\":\"2026-11-02T12:00:00.123Z\",\"at\":" + TIME,
                        new ApprovalRequested(ID, MAIN, call, "alice", LATER, AT))
                .hold(
                        "approval.approved",
                        REQUEST + "\"approver\":\"bob\",\"usableUntil\":\"2026-11-02T12:00:00.123Z\",\"at\":" + TIME,
                        new RequestApproved(ID, "bob", LATER, AT))
                .hold(
                        "approval.denied",
                        REQUEST + "\"approver\":\"bob\",\"at\":" + TIME,
                        new RequestDenied(ID, "bob", AT))
                .hold("approval.cancelled", REQUEST + "\"at\":" + TIME, new RequestCancelled(ID, AT))
                .hold("approval.used", REQUEST + "\"at\":" + TIME, new ApprovalUsed(ID, AT))
                .areAll();
    }

    @Test
    void aggregatesSurviveTheirSnapshots() {
        Snapshots snapshots = new Snapshots(module());
        ResourceGuard guard = new ResourceGuard();
        guard.on(new GuardCreated(MAIN, EnumSet.allOf(CriticalOperation.class), AT));
        guard.on(new GuardedVaultAdded(MAIN, PROD, AT));
        snapshots.restored("guard.snapshot", guard);
        GuardProxy proxy = new GuardProxy();
        proxy.on(new VaultGuarded(PROXY, MAIN, AT));
        snapshots.restored("guard-proxy.snapshot", proxy);
        ApprovalRequest request = new ApprovalRequest();
        CriticalCall call = new CriticalCall(CriticalOperation.STOP_PROTECTION, "instance:prod/web-1", "stop");
        request.on(new ApprovalRequested(ID, MAIN, call, "alice", LATER, AT));
        request.on(new RequestApproved(ID, "bob", LATER, AT));
        snapshots.restored("approval.snapshot", request);
    }
}
