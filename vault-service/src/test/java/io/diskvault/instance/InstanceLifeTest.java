package io.diskvault.instance;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.AskStanding;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.testing.RecordedPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/// The states of an instance, what each allows, and what each keeps.
class InstanceLifeTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final BackupLimits LIMITS = new BackupLimits(180, 200, 10);
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final PolicyId SILVER = new PolicyId("prod", "silver");
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final RetentionRule DAY = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P1D"));

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final RetentionTerms TERMS = new RetentionTerms(GOLD, 3, new RetentionRules(List.of(DAY)), UTC);
    private static final ProtectionConfigured PROTECTED = new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, NOON);
    private static final PolicySwitched SWITCHED = new PolicySwitched(WEB, GOLD, SILVER, hour(5));

    private final FixtureConfiguration<BackupInstance> instance = new AggregateTestFixture<>(BackupInstance.class);

    private static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static JobId job(int hour) {
        return JobId.forOccasion("backup", Integer.toString(hour));
    }

    private static String id(int hour) {
        return job(hour).text();
    }

    private static ProtectionStopped stopped(int hour) {
        return new ProtectionStopped(WEB, hour(hour));
    }

    private static BackupsSuspended suspended(int hour) {
        return new BackupsSuspended(WEB, hour(hour));
    }

    private static ProtectionResumed resumed(int hour) {
        return new ProtectionResumed(WEB, hour(hour));
    }

    private static InstanceSoftDeleted deleted(int hour) {
        return new InstanceSoftDeleted(WEB, hour(hour + 14 * 24), hour(hour));
    }

    private static InstanceUndeleted undeleted(int hour) {
        return new InstanceUndeleted(WEB, hour(hour));
    }

    private static LegalHoldSet held(int point, int at) {
        return new LegalHoldSet(WEB, id(point), "case 7", hour(at));
    }

    private static LegalHoldReleased released(int point, int at) {
        return new LegalHoldReleased(WEB, id(point), hour(at));
    }

    private static BackupRequested requested(int hour) {
        return new BackupRequested(WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), hour(hour));
    }

    private static DecideBackup atSlot(int hour) {
        return new DecideBackup(
                WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), Optional.empty(), LIMITS, hour(hour));
    }

    private static DecideBackup onDemand(int hour) {
        return new DecideBackup(
                WEB, job(hour), Optional.empty(), Optional.empty(), Optional.empty(), LIMITS, hour(hour));
    }

    private static RecoveryPointCreated created(int hour) {
        RecoveryPointFacts facts =
                new RecoveryPointFacts(id(hour), BackupKind.SCHEDULED, hour(hour), "FullRead", 1000, 800, 20, 10);
        return new RecoveryPointCreated(WEB, job(hour), facts, DAY, 99, GOLD, 3, UTC, hour(hour + 24), hour(hour));
    }

    private static RecoveryPointExpired expired(int hour, int at, KeepReason... keptBy) {
        return gone(hour, ExpiryReason.RETENTION_ELAPSED, at, keptBy);
    }

    private static RecoveryPointExpired gone(int hour, ExpiryReason reason, int at, KeepReason... keptBy) {
        return new RecoveryPointExpired(
                WEB, id(hour), SNAPSHOTS, reason, DAY, 3, hour(hour + 24), List.of(keptBy), hour(at));
    }

    private static EndProtection end(Removal removal, int at) {
        return new EndProtection(WEB, DISK, GOLD, SNAPSHOTS, removal, hour(at));
    }

    private static MarkDeleted delete(int hour) {
        return new MarkDeleted(WEB, DISK, hour(hour + 14 * 24), hour(hour));
    }

    /// A protected instance with points of hours 1, 2 and 3, and what happened since.
    private static List<Object> history(Object... since) {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int hour = 1; hour <= 3; hour++) {
            history.add(requested(hour));
            history.add(created(hour));
            history.add(new BackupEnded(WEB, job(hour), "Completed", hour(hour)));
        }
        history.addAll(List.of(since));
        return history;
    }

    private void refuses(List<Object> history, Object command, String message) {
        instance.given(history)
                .when(command)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(message));
    }

    private void doesNothing(List<Object> history, Object command) {
        instance.given(history).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

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

    @Test
    void aHeldPointStaysUntilItIsReleased() {
        SetLegalHold hold = new SetLegalHold(WEB, id(1), "case 7", hour(5));
        ReleaseLegalHold release = new ReleaseLegalHold(WEB, id(1), hour(900));
        instance.given(history()).when(hold).expectEvents(held(1, 5));
        doesNothing(history(held(1, 4)), hold);
        instance.given(history(held(1, 4)))
                .when(new SetLegalHold(WEB, id(1), "case 8", hour(5)))
                .expectEvents(new LegalHoldSet(WEB, id(1), "case 8", hour(5)));
        instance.given(history(held(1, 5)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(2, 1000));
        instance.given(history(held(1, 5))).when(release).expectEvents(released(1, 900));
        doesNothing(history(held(1, 5), released(1, 900)), release);
        instance.given(history(held(1, 5), released(1, 900)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000, KeepReason.LEGAL_HOLD), expired(2, 1000));
        instance.given(history(held(1, 5), released(1, 6)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000), expired(2, 1000));
    }

    @Test
    void onlyPointsThatAreThereCanBeHeld() {
        refuses(history(), new SetLegalHold(WEB, id(9), "case 7", hour(5)), id(9));
        refuses(history(expired(1, 100)), new SetLegalHold(WEB, id(1), "case 7", hour(101)), id(1));
        refuses(history(), new ReleaseLegalHold(WEB, id(9), hour(5)), id(9));
        instance.given(history(deleted(4)))
                .when(new SetLegalHold(WEB, id(1), "case 7", hour(5)))
                .expectEvents(held(1, 5));
    }

    @Test
    void anInstanceWithHeldPointsIsNeitherDeletedNorPurged() {
        refuses(history(held(2, 4)), delete(5), "1 recovery points on legal hold");
        refuses(history(held(2, 4)), end(Removal.DELETE, 5), id(2));
        refuses(history(deleted(4), held(2, 5)), end(Removal.PURGE, 6), id(2));
        refuses(history(deleted(4), held(2, 5)), end(Removal.PURGE_WHEN_DUE, 1000), id(2));
        instance.given(history(held(2, 4), released(2, 5))).when(delete(5)).expectEvents(deleted(5));
    }

    @Test
    void thePlanSaysWhatWouldGoAndWhatKeepsTheRest() {
        instance.given(history(held(2, 5)))
                .when(new PlanExpiry(WEB, hour(1000)))
                .expectNoEvents()
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(1000),
                        List.of(entry(1)),
                        List.of(entry(2, KeepReason.LEGAL_HOLD), entry(3, KeepReason.NEWEST))));
        instance.given(history(stopped(5)))
                .when(new PlanExpiry(WEB, hour(26)))
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(26),
                        List.of(),
                        List.of(
                                entry(1, KeepReason.PROTECTION_STOPPED),
                                entry(2, KeepReason.PROTECTION_STOPPED),
                                entry(3, KeepReason.PROTECTION_STOPPED, KeepReason.TIME_LEFT))));
        instance.given(history(deleted(5)))
                .when(new PlanExpiry(WEB, hour(27)))
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(27),
                        List.of(),
                        List.of(
                                entry(1, KeepReason.SOFT_DELETED),
                                entry(2, KeepReason.SOFT_DELETED),
                                entry(3, KeepReason.SOFT_DELETED, KeepReason.NEWEST))));
    }

    private static ExpiryPlan.Entry entry(int hour, KeepReason... keptBy) {
        return new ExpiryPlan.Entry(id(hour), hour(hour), hour(hour + 24), List.of(keptBy));
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
