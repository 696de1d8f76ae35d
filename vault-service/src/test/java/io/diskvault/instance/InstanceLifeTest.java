package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceCommand.AskStanding;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.policy.PolicyId;
import io.diskvault.testing.RecordedPoints;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The states of an instance, what each allows, and what each keeps.
class InstanceLifeTest extends InstanceStory {
    @Test
    void isStoppedSuspendedAndResumedFromEitherAndEachOnlyOnce() {
        StopProtection stop = new StopProtection(WEB, hour(5));
        SuspendBackups suspend = new SuspendBackups(WEB, hour(5));
        ContinueProtection resume = new ContinueProtection(WEB, DISK, hour(5));
        instance.given(history()).when(stop).expectEvents(stopped(5));
        instance.given(history(suspended(4))).when(stop).expectEvents(stopped(5));
        instance.given(history()).when(suspend).expectEvents(suspended(5));
        instance.given(history(stopped(4))).when(suspend).expectEvents(suspended(5));
        instance.given(history(stopped(4))).when(resume).expectEvents(resumed(5));
        instance.given(history(suspended(4))).when(resume).expectEvents(resumed(5));
        doesNothing(history(stopped(4)), stop);
        doesNothing(history(suspended(4)), suspend);
        doesNothing(history(), resume);
        doesNothing(history(stopped(3), resumed(4)), resume);
    }

    @Test
    void slotsAreSkippedWithTheStateAsTheReasonAndRequestsRefused() {
        instance.given(history(stopped(4)))
                .when(atSlot(5))
                .expectEvents(new BackupSlotSkipped(WEB, hour(5), SkipReason.PROTECTION_STOPPED, hour(5)))
                .expectResultMessagePayload(false);
        instance.given(history(suspended(4)))
                .when(atSlot(5))
                .expectEvents(new BackupSlotSkipped(WEB, hour(5), SkipReason.BACKUPS_SUSPENDED, hour(5)));
        refuses(history(stopped(4)), onDemand(5), "stopped");
        refuses(history(suspended(4)), onDemand(5), "suspended");
        instance.given(history(stopped(4), resumed(4))).when(atSlot(5)).expectEvents(requested(5));
    }

    @Test
    void aBackupThatRunsWhenProtectionStopsStillBecomesAPoint() {
        instance.given(PROTECTED, requested(1), stopped(2))
                .when(new InstanceCommand.RecordRecoveryPoint(
                        WEB, job(1), created(1).point(), TERMS, Optional.empty(), hour(1)))
                .expectEvents(created(1));
    }

    @Test
    void nothingExpiresWhileStoppedAndTheReasonIsRememberedAfterwards() {
        doesNothing(history(stopped(4)), new ExpireRecoveryPoints(WEB, hour(1000)));
        instance.given(history(stopped(4), resumed(900)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(
                        expired(1, 1000, KeepReason.PROTECTION_STOPPED),
                        expired(2, 1000, KeepReason.PROTECTION_STOPPED));
        instance.given(history(stopped(4), resumed(5)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000), expired(2, 1000));
        instance.given(history(stopped(4), suspended(900)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(
                        expired(1, 1000, KeepReason.PROTECTION_STOPPED),
                        expired(2, 1000, KeepReason.PROTECTION_STOPPED));
    }

    @Test
    void expiryGoesOnWhileSuspendedButForTheNewest() {
        instance.given(history(suspended(4)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000), expired(2, 1000));
    }

    @Test
    void anotherPolicyIsFollowedAndLeavesUndecidedSlotsUndecided() {
        SwitchPolicy change = new SwitchPolicy(WEB, GOLD, SILVER, hour(5));
        instance.given(history()).when(change).expectEvents(SWITCHED);
        doesNothing(history(SWITCHED), change);
        refuses(history(SWITCHED), new SwitchPolicy(WEB, GOLD, new PolicyId("prod", "tin"), hour(6)), "meanwhile");
        instance.given(history(stopped(4))).when(change).expectEvents(SWITCHED);
        instance.given(history(SWITCHED)).when(atSlot(4)).expectEvents(requested(4));
        instance.given(history(SWITCHED)).when(atSlot(6)).expectEvents(requested(6));
        doesNothing(history(SWITCHED), new StartProtection(WEB, DISK, SILVER, SNAPSHOTS, hour(6)));
        refuses(history(SWITCHED), new StartProtection(WEB, DISK, GOLD, SNAPSHOTS, hour(6)), "prod/silver");
        refuses(history(SWITCHED), end(Removal.DELETE, 6), "meanwhile");
    }

    @Test
    void aPolicyThatWasSwitchedWhileTheClockWasAheadIsPutRight() {
        BackupSlotsReopened reopened = new BackupSlotsReopened(WEB, hour(4));
        instance.given(history(SWITCHED)).when(new ReopenSlots(WEB, hour(4))).expectEvents(reopened);
        doesNothing(history(SWITCHED, reopened), new ReopenSlots(WEB, hour(4)));
        instance.given(PROTECTED, SWITCHED, reopened).when(atSlot(2)).expectEvents(requested(2));
        doesNothing(history(SWITCHED), new ReopenSlots(WEB, hour(5)));
    }

    @Test
    void saysWhatWouldGoIfExpiryWentOn() {
        RecoveryPointCreated first = RecordedPoints.created(WEB, job(1), BackupKind.ON_DEMAND, hour(1));
        RecoveryPointCreated second = RecordedPoints.created(WEB, job(2), BackupKind.ON_DEMAND, hour(2));
        instance.given(PROTECTED, first, second, stopped(3))
                .when(new AskStanding(WEB, hour(20)))
                .expectNoEvents()
                .expectResultMessagePayload(new Standing(ProtectionState.PROTECTION_STOPPED, 0));
        instance.given(PROTECTED, first, second, stopped(3))
                .when(new AskStanding(WEB, hour(100)))
                .expectResultMessagePayload(new Standing(ProtectionState.PROTECTION_STOPPED, 1));
        instance.givenNoPriorActivity().when(new AskStanding(WEB, NOON)).expectException(CommandRejected.class);
    }
}
