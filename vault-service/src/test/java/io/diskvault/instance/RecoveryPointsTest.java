package io.diskvault.instance;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/// How an instance takes up its recovery points and lets go of them.
class RecoveryPointsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final RetentionRule DAY = new RetentionRule("Default", new RetentionDuration("P1D"));
    private static final ProtectionConfigured PROTECTED = new ProtectionConfigured(WEB, DISK, GOLD, SNAPSHOTS, NOON);

    private final FixtureConfiguration<BackupInstance> instance = new AggregateTestFixture<>(BackupInstance.class);

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

    private static RecordRecoveryPoint record(int hour) {
        return new RecordRecoveryPoint(WEB, job(hour), facts(hour), DAY, 3, hour(hour));
    }

    private static BackupRequested requested(int hour) {
        return new BackupRequested(WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), hour(hour));
    }

    private static RecoveryPointCreated created(int hour) {
        return new RecoveryPointCreated(WEB, job(hour), facts(hour), DAY, 3, hour(hour + 24), hour(hour));
    }

    private static RecoveryPointExpired expired(int hour, List<KeepReason> keptBy, Instant at) {
        return gone(hour, ExpiryReason.RETENTION_ELAPSED, keptBy, at);
    }

    private static RecoveryPointExpired gone(int hour, ExpiryReason reason, List<KeepReason> keptBy, Instant at) {
        return new RecoveryPointExpired(WEB, job(hour).text(), SNAPSHOTS, reason, DAY, 3, hour(hour + 24), keptBy, at);
    }

    /// A protected instance with points of these hours.
    private static List<Object> points(int... hours) {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int hour : hours) {
            history.add(requested(hour));
            history.add(created(hour));
            history.add(new BackupEnded(WEB, job(hour), "Completed", hour(hour)));
        }
        return history;
    }

    private static List<Object> with(List<Object> history, Object... more) {
        List<Object> longer = new ArrayList<>(history);
        longer.addAll(List.of(more));
        return longer;
    }

    @Test
    void aPointIsRecordedOnceWithTheTimeOfItsExpiry() {
        instance.given(PROTECTED, requested(1)).when(record(1)).expectEvents(created(1));
        instance.given(PROTECTED, requested(1), created(1))
                .when(record(1))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aPointThatHasExpiredIsNotRecordedAgain() {
        instance.given(with(points(1, 2), expired(1, List.of(), hour(25))))
                .when(record(1))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aPointCountsAlsoWhenItsBackupHasEndedOtherwise() {
        instance.given(PROTECTED, requested(1), new BackupEnded(WEB, job(1), "Cancelled", hour(1)))
                .when(record(1))
                .expectEvents(created(1));
    }

    @Test
    void refusesAPointThatItNeverAskedFor() {
        instance.given(PROTECTED).when(record(1)).expectNoEvents().expectException(CommandRejected.class);
        instance.givenNoPriorActivity().when(record(1)).expectNoEvents().expectException(CommandRejected.class);
        instance.given(with(points(1), new ProtectionRemoved(WEB, hour(2)), PROTECTED))
                .when(record(2))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        instance.given(
                        PROTECTED,
                        requested(1),
                        new BackupEnded(WEB, job(1), "Failed", hour(1)),
                        new ProtectionRemoved(WEB, hour(2)),
                        PROTECTED)
                .when(record(1))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(job(1).text()));
    }

    @Test
    void aPointGoesAtTheInstantOfItsExpiryAndNotBefore() {
        instance.given(points(1, 2))
                .when(new ExpireRecoveryPoints(WEB, hour(25).minusNanos(1)))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(points(1, 2))
                .when(new ExpireRecoveryPoints(WEB, hour(25)))
                .expectEvents(expired(1, List.of(), hour(25)));
    }

    @Test
    void theNewestPointStaysWhateverItsAge() {
        instance.given(points(1, 2, 3))
                .when(new ExpireRecoveryPoints(WEB, hour(100_000)))
                .expectEvents(expired(1, List.of(), hour(100_000)), expired(2, List.of(), hour(100_000)));
        instance.given(points(1))
                .when(new ExpireRecoveryPoints(WEB, hour(100_000)))
                .expectNoEvents();
    }

    @Test
    void theNewestIsTheOneOfTheLatestSnapshotInWhateverOrderTheyCame() {
        instance.given(points(3, 1))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, List.of(), hour(1000)));
    }

    @Test
    void expiryTellsWhatWasKeptOnlyAsTheNewest() {
        instance.given(points(1, 30))
                .when(new ExpireRecoveryPoints(WEB, hour(31)))
                .expectEvents(expired(1, List.of(KeepReason.NEWEST), hour(31)));
        instance.given(points(1, 25))
                .when(new ExpireRecoveryPoints(WEB, hour(31)))
                .expectEvents(expired(1, List.of(), hour(31)));
        instance.given(points(1, 10, 30))
                .when(new ExpireRecoveryPoints(WEB, hour(40)))
                .expectEvents(expired(1, List.of(), hour(40)), expired(10, List.of(), hour(40)));
    }

    @Test
    void expiryOfWhatIsNotProtectedDoesNothing() {
        instance.givenNoPriorActivity()
                .when(new ExpireRecoveryPoints(WEB, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        instance.given(PROTECTED, new ProtectionRemoved(WEB, NOON))
                .when(new ExpireRecoveryPoints(WEB, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void deletingGivesUpAllPointsTheNewestToo() {
        instance.given(points(1, 2))
                .when(new EndProtection(WEB, DISK, GOLD, SNAPSHOTS, Removal.DELETE, hour(3)))
                .expectEvents(
                        gone(1, ExpiryReason.INSTANCE_DELETED, List.of(), hour(3)),
                        gone(2, ExpiryReason.INSTANCE_DELETED, List.of(), hour(3)),
                        new ProtectionRemoved(WEB, hour(3)));
    }

    @Test
    void anInstanceMadeAnewHasNoPoints() {
        instance.given(with(
                        points(1),
                        gone(1, ExpiryReason.INSTANCE_DELETED, List.of(), hour(3)),
                        new ProtectionRemoved(WEB, hour(3)),
                        PROTECTED,
                        requested(5),
                        created(5)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectNoEvents();
    }
}
