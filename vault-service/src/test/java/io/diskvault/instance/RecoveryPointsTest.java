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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How an instance takes up its recovery points and lets go of them.
class RecoveryPointsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final RetentionRule DAY = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P1D"));
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final RetentionTerms TERMS = new RetentionTerms(GOLD, 3, new RetentionRules(List.of(DAY)), UTC);
    private static final RetentionRule DAILY = new RetentionRule(RetentionTag.DAILY, new RetentionDuration("P30D"));
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    private static final RetentionTerms TAGS =
            new RetentionTerms(GOLD, 4, new RetentionRules(List.of(DAY, DAILY)), AMSTERDAM);
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
        return new RecordRecoveryPoint(WEB, job(hour), facts(hour), TERMS, Optional.empty(), hour(hour));
    }

    private static BackupRequested requested(int hour) {
        return new BackupRequested(WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), hour(hour));
    }

    private static RecoveryPointCreated created(int hour) {
        return new RecoveryPointCreated(
                WEB, job(hour), facts(hour), DAY, 99, GOLD, 3, UTC, hour(hour + 24), hour(hour));
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

    private static RecoveryPointFacts facts(int hour, BackupKind kind) {
        return new RecoveryPointFacts(job(hour).text(), kind, hour(hour), "FullRead", 1000, 800, 20, 10);
    }

    private static RecordRecoveryPoint tagged(int hour, BackupKind kind, @Nullable RetentionTag chosen) {
        return new RecordRecoveryPoint(
                WEB, job(hour), facts(hour, kind), TAGS, Optional.ofNullable(chosen), hour(hour));
    }

    private static RecoveryPointCreated created(int hour, BackupKind kind, RetentionRule rule, Instant expiry) {
        return new RecoveryPointCreated(
                WEB, job(hour), facts(hour, kind), rule, rule.tag().priority(), GOLD, 4, AMSTERDAM, expiry, hour(hour));
    }

    @Test
    void theFirstScheduledPointOfAPeriodHasItsTag() {
        // Noon in UTC is one o'clock in Amsterdam, where the next day begins eleven hours later.
        RecoveryPointCreated first = created(0, BackupKind.SCHEDULED, DAILY, hour(30 * 24));
        RecoveryPointCreated second = created(10, BackupKind.SCHEDULED, DAY, hour(34));
        instance.given(PROTECTED, requested(0))
                .when(tagged(0, BackupKind.SCHEDULED, null))
                .expectEvents(first);
        instance.given(PROTECTED, requested(0), first, requested(10))
                .when(tagged(10, BackupKind.SCHEDULED, null))
                .expectEvents(second);
        instance.given(PROTECTED, requested(0), first, requested(10), second, requested(11))
                .when(tagged(11, BackupKind.SCHEDULED, null))
                .expectEvents(created(11, BackupKind.SCHEDULED, DAILY, hour(11 + 30 * 24)));
    }

    @Test
    void aFailedBackupPassesTheTagOn() {
        instance.given(
                        PROTECTED,
                        requested(0),
                        created(0, BackupKind.SCHEDULED, DAILY, hour(30 * 24)),
                        requested(11),
                        new BackupEnded(WEB, job(11), "Failed", hour(11)),
                        requested(15))
                .when(tagged(15, BackupKind.SCHEDULED, null))
                .expectEvents(created(15, BackupKind.SCHEDULED, DAILY, hour(15 + 30 * 24)));
    }

    @Test
    void anOnDemandPointHasTheTagThatWasChosenAndUsesNothingUp() {
        RecoveryPointCreated chosen = created(11, BackupKind.ON_DEMAND, DAILY, hour(11 + 30 * 24));
        List<Object> day =
                List.of(PROTECTED, requested(0), created(0, BackupKind.SCHEDULED, DAILY, hour(30 * 24)), requested(11));
        instance.given(day)
                .when(tagged(11, BackupKind.ON_DEMAND, RetentionTag.DAILY))
                .expectEvents(chosen);
        instance.given(day)
                .when(tagged(11, BackupKind.ON_DEMAND, null))
                .expectEvents(created(11, BackupKind.ON_DEMAND, DAY, hour(35)));
        instance.given(day)
                .when(tagged(11, BackupKind.ON_DEMAND, RetentionTag.YEARLY))
                .expectEvents(created(11, BackupKind.ON_DEMAND, DAY, hour(35)));
        instance.given(with(day, chosen, requested(12)))
                .when(tagged(12, BackupKind.SCHEDULED, null))
                .expectEvents(created(12, BackupKind.SCHEDULED, DAILY, hour(12 + 30 * 24)));
    }

    @Test
    void whatAPointIsTheFirstOfOutlivesThePointBefore() {
        instance.given(
                        PROTECTED,
                        requested(0),
                        created(0, BackupKind.SCHEDULED, DAILY, hour(30 * 24)),
                        gone(0, ExpiryReason.RETENTION_ELAPSED, List.of(), hour(1)),
                        requested(10))
                .when(tagged(10, BackupKind.SCHEDULED, null))
                .expectEvents(created(10, BackupKind.SCHEDULED, DAY, hour(34)));
        instance.given(
                        PROTECTED,
                        requested(0),
                        created(0, BackupKind.SCHEDULED, DAILY, hour(30 * 24)),
                        new ProtectionRemoved(WEB, hour(2)),
                        PROTECTED,
                        requested(10))
                .when(tagged(10, BackupKind.SCHEDULED, null))
                .expectEvents(created(10, BackupKind.SCHEDULED, DAILY, hour(10 + 30 * 24)));
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
