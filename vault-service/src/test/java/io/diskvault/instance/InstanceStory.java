package io.diskvault.instance;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;

/// A protected instance and what may have happened to it, hour by hour.
abstract class InstanceStory {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final BackupLimits LIMITS = new BackupLimits(180, 200, 10);
    static final InstanceId WEB = new InstanceId("prod", "web-1");
    static final DiskId DISK = new DiskId("vm-disks", "web-1");
    static final PolicyId GOLD = new PolicyId("prod", "gold");
    static final PolicyId SILVER = new PolicyId("prod", "silver");
    static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    static final RetentionRule DAY = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P1D"));

    static final ZoneId UTC = ZoneId.of("UTC");
    static final RetentionTerms TERMS = new RetentionTerms(GOLD, 3, new RetentionRules(List.of(DAY)), UTC);
    static final ProtectionConfigured PROTECTED = new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, NOON);
    static final PolicySwitched SWITCHED = new PolicySwitched(WEB, GOLD, SILVER, hour(5));

    final FixtureConfiguration<BackupInstance> instance = new AggregateTestFixture<>(BackupInstance.class);

    static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    static JobId job(int hour) {
        return JobId.forOccasion("backup", Integer.toString(hour));
    }

    static String id(int hour) {
        return job(hour).text();
    }

    static ProtectionStopped stopped(int hour) {
        return new ProtectionStopped(WEB, hour(hour));
    }

    static BackupsSuspended suspended(int hour) {
        return new BackupsSuspended(WEB, hour(hour));
    }

    static ProtectionResumed resumed(int hour) {
        return new ProtectionResumed(WEB, hour(hour));
    }

    static InstanceSoftDeleted deleted(int hour) {
        return new InstanceSoftDeleted(WEB, hour(hour + 14 * 24), hour(hour));
    }

    static InstanceUndeleted undeleted(int hour) {
        return new InstanceUndeleted(WEB, hour(hour));
    }

    static LegalHoldSet held(int point, int at) {
        return new LegalHoldSet(WEB, id(point), "case 7", hour(at));
    }

    static LegalHoldReleased released(int point, int at) {
        return new LegalHoldReleased(WEB, id(point), hour(at));
    }

    static BackupRequested requested(int hour) {
        return new BackupRequested(WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), hour(hour));
    }

    static DecideBackup atSlot(int hour) {
        return new DecideBackup(
                WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), Optional.empty(), LIMITS, hour(hour));
    }

    static DecideBackup onDemand(int hour) {
        return new DecideBackup(
                WEB, job(hour), Optional.empty(), Optional.empty(), Optional.empty(), LIMITS, hour(hour));
    }

    static RecoveryPointCreated created(int hour) {
        RecoveryPointFacts facts =
                new RecoveryPointFacts(id(hour), BackupKind.SCHEDULED, hour(hour), "FullRead", 1000, 800, 20, 10);
        return new RecoveryPointCreated(WEB, job(hour), facts, DAY, 99, GOLD, 3, UTC, hour(hour + 24), hour(hour));
    }

    static RecoveryPointExpired expired(int hour, int at, KeepReason... keptBy) {
        return gone(hour, ExpiryReason.RETENTION_ELAPSED, at, keptBy);
    }

    static RecoveryPointExpired gone(int hour, ExpiryReason reason, int at, KeepReason... keptBy) {
        return new RecoveryPointExpired(
                WEB, id(hour), SNAPSHOTS, reason, DAY, 3, hour(hour + 24), List.of(keptBy), hour(at));
    }

    static EndProtection end(Removal removal, int at) {
        return new EndProtection(WEB, DISK, GOLD, SNAPSHOTS, removal, hour(at));
    }

    static MarkDeleted delete(int hour) {
        return new MarkDeleted(WEB, DISK, hour(hour + 14 * 24), hour(hour));
    }

    /// A protected instance with points of hours 1, 2 and 3, and what happened since.
    static List<Object> history(Object... since) {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int hour = 1; hour <= 3; hour++) {
            history.add(requested(hour));
            history.add(created(hour));
            history.add(new BackupEnded(WEB, job(hour), "Completed", hour(hour)));
        }
        history.addAll(List.of(since));
        return history;
    }

    void refuses(List<Object> history, Object command, String message) {
        instance.given(history)
                .when(command)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(message));
    }

    void doesNothing(List<Object> history, Object command) {
        instance.given(history).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }
}
