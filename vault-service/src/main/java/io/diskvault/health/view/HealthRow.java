package io.diskvault.health.view;

import io.diskvault.health.ExpectedPoint;
import io.diskvault.health.HealthFacts;
import io.diskvault.health.HealthFacts.Damage;
import io.diskvault.health.HealthFacts.Failing;
import io.diskvault.health.HealthFacts.Passed;
import io.diskvault.health.HealthFindings;
import io.diskvault.instance.Health.State;
import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobError;
import io.diskvault.policy.PolicyId;
import io.diskvault.web.ColumnText;
import io.diskvault.web.Cursor;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What decides how one instance is: its [HealthFacts], and what lists of instances are asked by.
///
/// @param instanceId `vault/name`
/// @param diskGroup the resource group of its disk
/// @param policy `vault/name`
/// @param degradedFrom from when on it is degraded or worse if nothing happens; the end of time for never
/// @param unhealthyFrom likewise
@MappedEntity("instance_health")
public record HealthRow(
        @Id String instanceId,
        String vault,
        String diskGroup,
        String policy,
        String policyName,
        String protectionState,
        Instant protectedSince,
        Instant since,
        @Nullable Instant latestPointTime,
        @Nullable Instant due,
        @Nullable Instant lateFrom,
        @Nullable Instant lostFrom,
        int failures,
        @Nullable Instant failingSince,
        boolean failureRepeated,
        @Nullable String failureCode,
        @Nullable String failureMessage,
        @Nullable String failureAction,
        boolean failureRetryable,
        @Nullable String passedReason,
        @Nullable Instant passedAt,
        @Nullable String damagedPoint,
        @Nullable Instant damagedSince,
        boolean provenSinceDamage,
        @Nullable Instant checkFailedAt,
        @Nullable Instant proofOverdueSince,
        Instant degradedFrom,
        Instant unhealthyFrom) {
    /// As the table has them.
    private static final int CODE_MAX = 100;

    private static final int MESSAGE_MAX = 4000;
    private static final int ACTION_MAX = 1000;

    /// Which instance it is, and what it was made with.
    record Subject(String instanceId, String vault, String diskGroup, PolicyId policy, Instant protectedSince) {}

    static HealthRow of(Subject subject, HealthFacts facts) {
        HealthFindings findings = HealthFindings.of(facts);
        Optional<ExpectedPoint> expected = facts.expected();
        Optional<Failing> failing = facts.failing();
        Optional<JobError> error = failing.map(Failing::latest);
        Optional<Damage> damage = facts.damage();
        return new HealthRow(
                subject.instanceId,
                subject.vault,
                subject.diskGroup,
                subject.policy.path(),
                subject.policy.name(),
                facts.state().text(),
                subject.protectedSince,
                facts.since(),
                facts.latestPoint().orElse(null),
                expected.map(ExpectedPoint::due).orElse(null),
                expected.map(ExpectedPoint::late).orElse(null),
                expected.map(ExpectedPoint::lost).orElse(null),
                failing.map(Failing::times).orElse(0),
                failing.map(Failing::since).orElse(null),
                failing.map(Failing::repeated).orElse(false),
                error.map(it -> ColumnText.of(it.code(), CODE_MAX)).orElse(null),
                error.map(it -> ColumnText.of(it.message(), MESSAGE_MAX)).orElse(null),
                error.map(it -> ColumnText.of(it.recommendedAction(), ACTION_MAX))
                        .orElse(null),
                error.map(JobError::retryable).orElse(false),
                facts.passed().map(slot -> slot.reason().name()).orElse(null),
                facts.passed().map(Passed::at).orElse(null),
                damage.map(Damage::point).orElse(null),
                damage.map(Damage::since).orElse(null),
                damage.map(Damage::provenSince).orElse(false),
                facts.checkFailed().orElse(null),
                facts.proofOverdue().orElse(null),
                findings.from(State.DEGRADED).orElse(Cursor.END_OF_TIME),
                findings.from(State.UNHEALTHY).orElse(Cursor.END_OF_TIME));
    }

    HealthRow with(HealthFacts facts) {
        return of(new Subject(instanceId, vault, diskGroup, PolicyId.parse(policy), protectedSince), facts);
    }

    /// The row of an instance that follows another policy now.
    HealthRow following(PolicyId next, HealthFacts facts) {
        return of(new Subject(instanceId, vault, diskGroup, next, protectedSince), facts);
    }

    /// What happened.
    public HealthFacts facts() {
        return new HealthFacts(
                ProtectionState.of(protectionState),
                since,
                Optional.ofNullable(latestPointTime),
                expected(),
                failing(),
                passedReason == null || passedAt == null
                        ? Optional.empty()
                        : Optional.of(new Passed(Passed.Reason.valueOf(passedReason), passedAt)),
                damagedPoint == null || damagedSince == null
                        ? Optional.empty()
                        : Optional.of(new Damage(damagedPoint, damagedSince, provenSinceDamage)),
                Optional.ofNullable(checkFailedAt),
                Optional.ofNullable(proofOverdueSince));
    }

    private Optional<ExpectedPoint> expected() {
        return due == null || lateFrom == null || lostFrom == null
                ? Optional.empty()
                : Optional.of(new ExpectedPoint(due, lateFrom, lostFrom));
    }

    private Optional<Failing> failing() {
        return failingSince == null || failureCode == null || failureMessage == null || failureAction == null
                ? Optional.empty()
                : Optional.of(new Failing(
                        failures,
                        failureRepeated,
                        new JobError(failureCode, failureMessage, failureAction, failureRetryable),
                        failingSince));
    }
}
