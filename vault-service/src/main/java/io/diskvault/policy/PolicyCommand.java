package io.diskvault.policy;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a backup policy.
public sealed interface PolicyCommand {
    PolicyId policy();

    /// Makes a policy, and a member of its vault in the same transaction.
    record CreatePolicy(PolicyId policy, BackupSchedule schedule, RetentionRules retention, Instant at)
            implements PolicyCommand {}

    /// @param expectedVersion the version that the change was made on; refused if another one is there by now
    record ChangePolicy(
            @TargetAggregateIdentifier PolicyId policy,
            long expectedVersion,
            BackupSchedule schedule,
            RetentionRules retention,
            Instant at)
            implements PolicyCommand {}

    /// Answers the [PolicyRules] of now, if there is such a policy, and changes nothing.
    record AskPolicyRules(@TargetAggregateIdentifier PolicyId policy) implements PolicyCommand {}

    /// The clock was ahead when the policy got its schedule, and is right now: it is in force from now on. Nothing
    /// happens if that was not later than now.
    record CorrectScheduleTime(@TargetAggregateIdentifier PolicyId policy, Instant at) implements PolicyCommand {}

    record DeletePolicy(PolicyId policy, Instant at) implements PolicyCommand {}

    /// A backup instance follows the policy from now on. Part of the transaction that makes or changes the instance.
    ///
    /// @param instance names it to people, as in `prod/web-1`
    record AssignPolicy(@TargetAggregateIdentifier PolicyId policy, String instance, Instant at)
            implements PolicyCommand {}

    record UnassignPolicy(@TargetAggregateIdentifier PolicyId policy, String instance, Instant at)
            implements PolicyCommand {}
}
