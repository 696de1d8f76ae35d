package io.diskvault.instance;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.ResumeAfterOverwrite;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.YieldToOverwrite;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.DiskOverwriteEnded;
import io.diskvault.instance.InstanceEvent.DiskOverwriteStarted;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/// Protection and slots; recovery points have a test of their own.
class BackupInstanceTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));
    private static final Instant TWO = NOON.plus(Duration.ofHours(2));
    private static final Instant THREE = NOON.plus(Duration.ofHours(3));
    private static final BackupLimits LIMITS = new BackupLimits(180, 200, 10);
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final JobId FIRST = JobId.forOccasion("first");
    private static final JobId SECOND = JobId.forOccasion("second");

    private static final ProtectionConfigured PROTECTED = new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, NOON);
    private static final ProtectionRemoved REMOVED = new ProtectionRemoved(WEB, NOON);
    private static final BackupRequested REQUESTED_ONE = requested(FIRST, ONE);
    private static final BackupEnded FIRST_ENDED = new BackupEnded(WEB, FIRST, "Completed", ONE);
    private static final EndProtection END = new EndProtection(WEB, DISK, GOLD, SNAPSHOTS, Removal.DELETE, NOON);

    private final FixtureConfiguration<BackupInstance> instance = new AggregateTestFixture<>(BackupInstance.class);

    private static BackupRequested requested(JobId job, Instant slot) {
        return new BackupRequested(WEB, job, Optional.of(slot), Optional.empty(), slot);
    }

    private static DecideBackup atSlot(JobId job, Instant slot) {
        return new DecideBackup(WEB, job, Optional.of(slot), Optional.of(NOON), Optional.empty(), LIMITS, slot);
    }

    private static DecideBackup onDemand(JobId job) {
        return new DecideBackup(WEB, job, Optional.empty(), Optional.empty(), Optional.of("Default"), LIMITS, NOON);
    }

    @Test
    void isConfiguredOnceHoweverOftenItIsAskedFor() {
        StartProtection start = new StartProtection(WEB, DISK, GOLD, SNAPSHOTS, NOON);
        instance.givenNoPriorActivity().when(start).expectEvents(PROTECTED);
        instance.given(PROTECTED)
                .when(new StartProtection(WEB, DISK, GOLD, SNAPSHOTS, ONE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesToProtectAnythingElse() {
        List<StartProtection> others = List.of(
                new StartProtection(WEB, new DiskId("vm-disks", "web-2"), GOLD, SNAPSHOTS, ONE),
                new StartProtection(WEB, DISK, new PolicyId("prod", "silver"), SNAPSHOTS, ONE),
                new StartProtection(WEB, DISK, GOLD, new ResourceGroupId("elsewhere"), ONE));
        for (StartProtection other : others) {
            instance.given(PROTECTED)
                    .when(other)
                    .expectNoEvents()
                    .expectException(CommandRejected.class)
                    .expectExceptionMessage(containsString("'vm-disks/web-1' by the policy 'prod/gold'"));
        }
    }

    @Test
    void aSlotIsDecidedOnce() {
        instance.given(PROTECTED)
                .when(atSlot(FIRST, ONE))
                .expectEvents(REQUESTED_ONE)
                .expectResultMessagePayload(true);
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(atSlot(FIRST, ONE))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        instance.given(PROTECTED, REQUESTED_ONE, FIRST_ENDED)
                .when(atSlot(SECOND, ONE))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void aSlotBeforeTheLatestDecidedOneIsOver() {
        instance.given(PROTECTED, requested(FIRST, TWO), FIRST_ENDED)
                .when(atSlot(SECOND, ONE))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        instance.given(PROTECTED, new BackupSlotsMissed(WEB, List.of(ONE, TWO), MissKind.MISSED, TWO))
                .when(atSlot(FIRST, TWO))
                .expectNoEvents();
    }

    @Test
    void aSlotIsSkippedWhileABackupRunsAndNotTakenUpLater() {
        BackupSlotSkipped skipped = new BackupSlotSkipped(WEB, TWO, SkipReason.STILL_RUNNING, TWO);
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(atSlot(SECOND, TWO))
                .expectEvents(skipped)
                .expectResultMessagePayload(false);
        instance.given(PROTECTED, REQUESTED_ONE, skipped, FIRST_ENDED)
                .when(atSlot(SECOND, TWO))
                .expectNoEvents();
        instance.given(PROTECTED, REQUESTED_ONE, skipped, FIRST_ENDED)
                .when(atSlot(SECOND, THREE))
                .expectEvents(requested(SECOND, THREE));
    }

    @Test
    void refusesAnOnDemandBackupWhileAnotherRuns() {
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(onDemand(SECOND))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(FIRST.text()));
    }

    @Test
    void noBackupStartsWhileARestoreWritesOverTheDisk() {
        DiskOverwriteStarted started = new DiskOverwriteStarted(WEB, FIRST, NOON);
        DiskOverwriteEnded ended = new DiskOverwriteEnded(WEB, FIRST, ONE);
        instance.given(PROTECTED).when(new YieldToOverwrite(WEB, FIRST, NOON)).expectEvents(started);
        instance.given(PROTECTED, started)
                .when(new YieldToOverwrite(WEB, FIRST, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(PROTECTED, started)
                .when(atSlot(SECOND, ONE))
                .expectEvents(new BackupSlotSkipped(WEB, ONE, SkipReason.DISK_BEING_RESTORED, ONE));
        instance.given(PROTECTED, started)
                .when(onDemand(SECOND))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(FIRST.text()));
        instance.given(PROTECTED, started)
                .when(new ResumeAfterOverwrite(WEB, SECOND, ONE))
                .expectNoEvents();
        instance.given(PROTECTED, started)
                .when(new ResumeAfterOverwrite(WEB, FIRST, ONE))
                .expectEvents(ended);
        instance.given(PROTECTED, started, ended).when(atSlot(SECOND, TWO)).expectEvents(requested(SECOND, TWO));
    }

    @Test
    void noRestoreWritesOverTheDiskWhileABackupRuns() {
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(new YieldToOverwrite(WEB, SECOND, TWO))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(FIRST.text()));
        instance.given(PROTECTED, REQUESTED_ONE, FIRST_ENDED)
                .when(new YieldToOverwrite(WEB, SECOND, TWO))
                .expectEvents(new DiskOverwriteStarted(WEB, SECOND, TWO));
    }

    @Test
    void anOnDemandBackupIsAskedForOnceAndLeavesTheSlotsAlone() {
        BackupRequested asked = new BackupRequested(WEB, FIRST, Optional.empty(), Optional.of("Default"), NOON);
        instance.given(PROTECTED).when(onDemand(FIRST)).expectEvents(asked).expectResultMessagePayload(true);
        instance.given(PROTECTED, asked).when(onDemand(FIRST)).expectNoEvents().expectResultMessagePayload(false);
        instance.given(PROTECTED, asked, FIRST_ENDED)
                .when(onDemand(FIRST))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        instance.given(PROTECTED, asked, FIRST_ENDED).when(atSlot(SECOND, ONE)).expectEvents(requested(SECOND, ONE));
    }

    @Test
    void missedSlotsAreRecordedOnce() {
        BackupSlotsMissed missed = new BackupSlotsMissed(WEB, List.of(ONE, TWO), MissKind.MISSED, THREE);
        instance.given(PROTECTED)
                .when(new RecordMissedSlots(WEB, NOON, List.of(ONE, TWO), MissKind.MISSED, THREE))
                .expectEvents(missed);
        instance.given(PROTECTED, missed)
                .when(new RecordMissedSlots(WEB, NOON, List.of(ONE, TWO), MissKind.MISSED, THREE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(new RecordMissedSlots(WEB, NOON, List.of(ONE, TWO, THREE), MissKind.COALESCED, THREE))
                .expectEvents(new BackupSlotsMissed(WEB, List.of(TWO, THREE), MissKind.COALESCED, THREE));
        instance.given(PROTECTED)
                .when(new RecordMissedSlots(WEB, NOON, List.of(), MissKind.MISSED, THREE))
                .expectNoEvents();
    }

    /// They would not have been started in time either.
    @Test
    void slotsThatNobodySawWhileBackupsWereSuspendedAreSkippedAndNotMissed() {
        instance.given(PROTECTED, new BackupsSuspended(WEB, NOON))
                .when(new RecordMissedSlots(WEB, NOON, List.of(ONE, TWO), MissKind.MISSED, THREE))
                .expectEvents(
                        new BackupSlotSkipped(WEB, ONE, SkipReason.BACKUPS_SUSPENDED, THREE),
                        new BackupSlotSkipped(WEB, TWO, SkipReason.BACKUPS_SUSPENDED, THREE));
    }

    @Test
    void aClockThatWasAheadHoldsNoSlotsUp() {
        Instant farAhead = NOON.plus(Duration.ofDays(5000));
        BackupSlotsMissed missed = new BackupSlotsMissed(WEB, List.of(farAhead), MissKind.MISSED, farAhead);
        BackupSlotsReopened reopened = new BackupSlotsReopened(WEB, ONE);
        instance.given(PROTECTED, missed).when(new ReopenSlots(WEB, ONE)).expectEvents(reopened);
        instance.given(PROTECTED, missed, reopened).when(atSlot(FIRST, ONE)).expectNoEvents();
        instance.given(PROTECTED, missed, reopened).when(atSlot(FIRST, TWO)).expectEvents(requested(FIRST, TWO));
        instance.given(PROTECTED, missed, reopened)
                .when(new ReopenSlots(WEB, ONE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, farAhead))
                .when(new ReopenSlots(WEB, ONE))
                .expectEvents(reopened);
    }

    /// Otherwise the slots in between, which have to be decided again, would be forgotten.
    @Test
    void whoDoesNotKnowThatSlotsWereReopenedDecidesNothing() {
        BackupSlotsMissed missed = new BackupSlotsMissed(WEB, List.of(TWO), MissKind.MISSED, TWO);
        BackupSlotsReopened reopened = new BackupSlotsReopened(WEB, ONE);
        instance.given(PROTECTED, missed, reopened)
                .when(new DecideBackup(
                        WEB, FIRST, Optional.of(THREE), Optional.of(TWO), Optional.empty(), LIMITS, THREE))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        instance.given(PROTECTED, missed, reopened)
                .when(new RecordMissedSlots(WEB, TWO, List.of(THREE), MissKind.MISSED, THREE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(PROTECTED, missed, reopened)
                .when(new RecordMissedSlots(WEB, ONE, List.of(TWO), MissKind.MISSED, THREE))
                .expectEvents(new BackupSlotsMissed(WEB, List.of(TWO), MissKind.MISSED, THREE));
    }

    @Test
    void aClockThatIsABitBehindReopensNothing() {
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(new ReopenSlots(WEB, ONE.minusSeconds(60)))
                .expectNoEvents();
        Instant earlier = ONE.minusSeconds(61);
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(new ReopenSlots(WEB, earlier))
                .expectEvents(new BackupSlotsReopened(WEB, earlier));
    }

    @Test
    void onlyTheRunningBackupCanEnd() {
        EndBackup end = new EndBackup(WEB, FIRST, "Completed", ONE);
        instance.given(PROTECTED, REQUESTED_ONE).when(end).expectEvents(FIRST_ENDED);
        instance.given(PROTECTED, REQUESTED_ONE, FIRST_ENDED)
                .when(end)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(new EndBackup(WEB, SECOND, "Completed", ONE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.givenNoPriorActivity().when(end).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesToBeDeletedWhileABackupRuns() {
        instance.given(PROTECTED, REQUESTED_ONE)
                .when(END)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(FIRST.text()));
        instance.given(PROTECTED, REQUESTED_ONE, FIRST_ENDED).when(END).expectEvents(REMOVED);
    }

    @Test
    void refusesToBeDeletedAsSomethingThatItIsNotAnyMore() {
        instance.given(PROTECTED)
                .when(new EndProtection(WEB, new DiskId("vm-disks", "web-2"), GOLD, SNAPSHOTS, Removal.DELETE, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void whatIsNotProtectedRefusesEverything() {
        for (Object command : List.of(
                END,
                onDemand(FIRST),
                atSlot(FIRST, ONE),
                new RecordMissedSlots(WEB, NOON, List.of(ONE), MissKind.MISSED, ONE),
                new ReopenSlots(WEB, ONE))) {
            instance.givenNoPriorActivity()
                    .when(command)
                    .expectNoEvents()
                    .expectException(CommandRejected.class)
                    .expectExceptionMessage(containsString("no backup instance 'web-1'"));
            instance.given(PROTECTED, REMOVED).when(command).expectNoEvents().expectException(CommandRejected.class);
        }
    }

    @Test
    void aNameThatIsUsedAgainStartsAnew() {
        DiskId other = new DiskId("vm-disks", "web-2");
        ProtectionConfigured anew = new ProtectionConfigured(WEB, other, GOLD, SNAPSHOTS, TWO);
        instance.given(PROTECTED, REMOVED)
                .when(new StartProtection(WEB, other, GOLD, SNAPSHOTS, TWO))
                .expectEvents(anew);
        instance.given(PROTECTED, requested(FIRST, TWO), FIRST_ENDED, REMOVED, anew)
                .when(atSlot(SECOND, TWO))
                .expectNoEvents();
        instance.given(PROTECTED, requested(FIRST, THREE), FIRST_ENDED, REMOVED, anew)
                .when(atSlot(SECOND, THREE))
                .expectEvents(requested(SECOND, THREE));
    }

    @Test
    void forgetsOldRequestsButNotTheRunningOne() {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int i = 1; i <= 150; i++) {
            JobId job = JobId.forOccasion("job", Integer.toString(i));
            history.add(requested(job, NOON.plus(Duration.ofHours(i))));
            history.add(new BackupEnded(WEB, job, "Completed", NOON));
        }
        history.removeLast();
        instance.given(history)
                .when(new EndBackup(WEB, JobId.forOccasion("job", "150"), "Failed", NOON))
                .expectEvents(new BackupEnded(WEB, JobId.forOccasion("job", "150"), "Failed", NOON));
    }
}
