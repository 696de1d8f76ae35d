package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is deleted softly, and how it comes back or goes for good.
class InstanceDeletionTest extends InstanceStory {
    @Test
    void isDeletedSoftlyOnceAndOnlyWithoutARunningBackup() {
        instance.given(history()).when(delete(5)).expectEvents(deleted(5));
        instance.given(history(stopped(4))).when(delete(5)).expectEvents(deleted(5));
        doesNothing(history(deleted(4)), delete(5));
        refuses(history(requested(4)), delete(5), id(4));
        refuses(history(), new MarkDeleted(WEB, new DiskId("vm-disks", "other"), hour(9), hour(5)), "meanwhile");
    }

    @Test
    void whatIsDeletedKeepsEverythingAndRefusesTheRest() {
        doesNothing(history(deleted(5)), new ExpireRecoveryPoints(WEB, hour(1000)));
        for (Object command : List.of(
                onDemand(6),
                atSlot(6),
                new StopProtection(WEB, hour(6)),
                new SuspendBackups(WEB, hour(6)),
                new ContinueProtection(WEB, DISK, hour(6)),
                new SwitchPolicy(WEB, GOLD, SILVER, hour(6)),
                new StartProtection(WEB, DISK, GOLD, SNAPSHOTS, hour(6)),
                end(Removal.DELETE, 6))) {
            refuses(history(deleted(5)), command, "deleted, but not purged");
        }
    }

    @Test
    void isUndeletedToStoppedAndItsSlotsMeanwhileAreNobodys() {
        instance.given(history(deleted(5)))
                .when(new RecallInstance(WEB, hour(9)))
                .expectEvents(undeleted(9));
        doesNothing(history(deleted(5), undeleted(9)), new RecallInstance(WEB, hour(9)));
        refuses(history(), new RecallInstance(WEB, hour(9)), "not deleted");
        refuses(history(deleted(5), undeleted(9)), onDemand(10), "stopped");
        doesNothing(history(deleted(5), undeleted(9)), atSlot(8));
        instance.given(history(deleted(5), undeleted(9), resumed(9)))
                .when(atSlot(10))
                .expectEvents(requested(10));
    }

    @Test
    void isPurgedWhenDueAndExplicitlyAtAnyTime() {
        Object[] all = {
            gone(1, ExpiryReason.INSTANCE_PURGED, 6),
            gone(2, ExpiryReason.INSTANCE_PURGED, 6),
            gone(3, ExpiryReason.INSTANCE_PURGED, 6),
            new ProtectionRemoved(WEB, hour(6))
        };
        instance.given(history(deleted(5))).when(end(Removal.PURGE, 6)).expectEvents(all);
        refuses(history(deleted(5)), end(Removal.PURGE_WHEN_DUE, 6), "meanwhile");
        refuses(history(deleted(5)), end(Removal.PURGE_WHEN_DUE, 5 + 14 * 24 - 1), "meanwhile");
        int due = 5 + 14 * 24;
        instance.given(history(deleted(5)))
                .when(end(Removal.PURGE_WHEN_DUE, due))
                .expectEvents(
                        gone(1, ExpiryReason.INSTANCE_PURGED, due),
                        gone(2, ExpiryReason.INSTANCE_PURGED, due),
                        gone(3, ExpiryReason.INSTANCE_PURGED, due),
                        new ProtectionRemoved(WEB, hour(due)));
        for (Removal purge : List.of(Removal.PURGE, Removal.PURGE_WHEN_DUE)) {
            refuses(history(), end(purge, 6), "not deleted");
            refuses(history(deleted(5), undeleted(6)), end(purge, 7), "not deleted");
        }
    }
}
