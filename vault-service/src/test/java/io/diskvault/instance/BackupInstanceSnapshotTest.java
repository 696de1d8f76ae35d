package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/// An instance that was read from its snapshot decides like one that was rebuilt from its events.
class BackupInstanceSnapshotTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final Instant LATER = NOON.plus(Duration.ofDays(9));
    private static final BackupLimits LIMITS = new BackupLimits(180, 200, 10);
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final RetentionRule WEEK = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P7D"));

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final RetentionTerms TERMS = new RetentionTerms(GOLD, 3, new RetentionRules(List.of(WEEK)), UTC);

    @SuppressWarnings("NullAway") // only the names of a module are asked for
    private final Snapshots snapshots = new Snapshots(new InstanceModule(null, null, null, null, null, null, null));

    private static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static JobId job(int hour) {
        return JobId.forOccasion("backup", Integer.toString(hour));
    }

    private static RecoveryPointFacts facts(int hour) {
        return new RecoveryPointFacts(
                job(hour).text(), BackupKind.SCHEDULED, hour(hour), "FullRead", 1000, 800, 20, 10);
    }

    private static RecoveryPointExpired expired(int hour, Instant at) {
        return new RecoveryPointExpired(
                WEB,
                job(hour).text(),
                SNAPSHOTS,
                ExpiryReason.RETENTION_ELAPSED,
                WEEK,
                3,
                hour(hour + 7 * 24),
                List.of(),
                at);
    }

    /// Points of hours 1 (expired), 2 and 3; the backup of hour 4 runs.
    private BackupInstance restored() {
        BackupInstance state = new BackupInstance();
        state.on(new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, NOON));
        for (int hour = 1; hour <= 3; hour++) {
            state.on(new BackupRequested(WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), hour(hour)));
            state.on(new RecoveryPointCreated(
                    WEB, job(hour), facts(hour), WEEK, 99, GOLD, 3, UTC, hour(hour + 7 * 24), hour(hour)));
            state.on(new BackupEnded(WEB, job(hour), "Completed", hour(hour)));
        }
        state.on(expired(1, LATER));
        state.on(new BackupRequested(WEB, job(4), Optional.of(hour(4)), Optional.empty(), hour(4)));
        return snapshots.restored("instance.snapshot", state);
    }

    @Test
    void itKnowsWhatItProtects() {
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new StartProtection(WEB, DISK, GOLD, SNAPSHOTS, LATER))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new StartProtection(WEB, DISK, new PolicyId("prod", "silver"), SNAPSHOTS, LATER))
                .expectException(CommandRejected.class);
    }

    @Test
    void itKnowsItsSlotsAndJobs() {
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new RecordMissedSlots(WEB, NOON, List.of(hour(3), hour(4)), MissKind.MISSED, LATER))
                .expectNoEvents();
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new DecideBackup(
                        WEB, job(2), Optional.empty(), Optional.empty(), Optional.empty(), LIMITS, LATER))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new DecideBackup(
                        WEB, job(9), Optional.empty(), Optional.empty(), Optional.empty(), LIMITS, LATER))
                .expectException(CommandRejected.class);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new EndBackup(WEB, job(4), "Completed", LATER))
                .expectEvents(new BackupEnded(WEB, job(4), "Completed", LATER));
    }

    @Test
    void itKnowsItsPointsAndThoseThatAreGone() {
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new ExpireRecoveryPoints(WEB, LATER))
                .expectEvents(expired(2, LATER));
        for (int hour = 1; hour <= 3; hour++) {
            new AggregateTestFixture<>(BackupInstance.class)
                    .givenState(this::restored)
                    .when(new RecordRecoveryPoint(WEB, job(hour), facts(hour), TERMS, Optional.empty(), LATER))
                    .expectNoEvents()
                    .expectSuccessfulHandlerExecution();
        }
    }

    @Test
    void itKnowsWhatTheNextPointIsTheFirstOf() {
        RetentionRule daily = new RetentionRule(RetentionTag.DAILY, new RetentionDuration("P30D"));
        RetentionTerms terms = new RetentionTerms(GOLD, 3, new RetentionRules(List.of(WEEK, daily)), UTC);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::restored)
                .when(new RecordRecoveryPoint(WEB, job(4), facts(4), terms, Optional.empty(), LATER))
                .expectEvents(new RecoveryPointCreated(
                        WEB, job(4), facts(4), WEEK, 99, GOLD, 3, UTC, hour(4 + 7 * 24), LATER));
    }

    /// Also a state that lies behind it, a hold, and what was used up of the day.
    private BackupInstance stopped() {
        BackupInstance state = restored();
        state.on(new BackupEnded(WEB, job(4), "Completed", hour(4)));
        for (int hour = 5; hour <= 6; hour++) {
            state.on(new BackupRequested(WEB, job(hour), Optional.empty(), Optional.empty(), hour(hour)));
            state.on(new BackupEnded(WEB, job(hour), "Completed", hour(hour)));
        }
        state.on(new RestoreRequested(WEB, job(7), job(2).text(), hour(7)));
        state.on(new LegalHoldSet(WEB, job(2).text(), "case 7", hour(8)));
        state.on(new LegalHoldSet(WEB, job(3).text(), "case 8", hour(8)));
        state.on(new LegalHoldReleased(WEB, job(3).text(), hour(8)));
        state.on(new ProtectionStopped(WEB, hour(9)));
        return snapshots.restored("instance.snapshot", state);
    }

    private BackupInstance resumed() {
        BackupInstance state = stopped();
        state.on(new ProtectionResumed(WEB, hour(10)));
        return snapshots.restored("instance.snapshot", state);
    }

    private BackupInstance deleted() {
        BackupInstance state = stopped();
        state.on(new LegalHoldReleased(WEB, job(2).text(), hour(10)));
        state.on(new InstanceSoftDeleted(WEB, LATER, hour(11)));
        return snapshots.restored("instance.snapshot", state);
    }

    @Test
    void itKnowsHowFarItsLifeHasComeAndWhatIsHeld() {
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::stopped)
                .when(new PlanExpiry(WEB, LATER))
                .expectResultMessagePayload(new ExpiryPlan(
                        LATER,
                        List.of(),
                        List.of(
                                entry(2, KeepReason.LEGAL_HOLD, KeepReason.PROTECTION_STOPPED),
                                entry(3, KeepReason.PROTECTION_STOPPED, KeepReason.NEWEST))));
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::deleted)
                .when(new EndProtection(WEB, DISK, GOLD, SNAPSHOTS, Removal.PURGE_WHEN_DUE, LATER.minusMillis(1)))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void itKnowsWhatTheDayHasUsedUp() {
        BackupLimits two = new BackupLimits(180, 200, 2);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::resumed)
                .when(new DecideBackup(
                        WEB, job(11), Optional.empty(), Optional.empty(), Optional.empty(), two, hour(11)))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::resumed)
                .when(new DecideRestore(WEB, job(11), job(2).text(), 1, hour(11)))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        new AggregateTestFixture<>(BackupInstance.class)
                .givenState(this::resumed)
                .when(new DecideRestore(WEB, job(7), job(2).text(), 1, hour(11)))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    private static ExpiryPlan.Entry entry(int hour, KeepReason... keptBy) {
        return new ExpiryPlan.Entry(job(hour).text(), hour(hour), hour(hour + 7 * 24), List.of(keptBy));
    }
}
