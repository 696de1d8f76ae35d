package io.diskvault.policy;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a backup policy is refused.
public enum PolicyRejection implements Rejection {
    POLICY_NOT_FOUND(
            "UserErrorBackupPolicyNotFound",
            Kind.NOT_FOUND,
            "Check the name, or list the policies with GET /backup-vaults/{vault}/backup-policies."),
    POLICY_VERSION_REQUIRED(
            "UserErrorPolicyVersionRequired",
            Kind.PRECONDITION_REQUIRED,
            "Read the policy and repeat the change with its ETag in If-Match."),
    POLICY_VERSION_MISMATCH(
            "UserErrorPolicyVersionMismatch",
            Kind.PRECONDITION_FAILED,
            "Read the policy again and repeat the change with its new ETag in If-Match, if it is still wanted."),
    POLICY_IN_USE(
            "UserErrorDppPolicyObjectInUse",
            Kind.CONFLICT,
            "Give these backup instances another policy or delete them, then delete the policy."),
    SCHEDULE_INVALID(
            "UserErrorInvalidBackupSchedule",
            Kind.INVALID,
            "Write one repeating interval such as R/2026-11-01T02:00:00+00:00/PT4H, and a timeZone such as Europe/Amsterdam or none."),
    INSTANCE_NOT_FOUND(
            "UserErrorBackupInstanceNotFound",
            Kind.NOT_FOUND,
            "Check the name, or list the instances of the vault with GET /backup-vaults/{vault}/backup-instances."),
    TOO_MANY_POINTS(
            "UserErrorMaxRecoveryPointsReached",
            Kind.INVALID,
            "Take a shorter duration or a longer interval, or raise diskvault.limits.scheduled-snapshot-cap."),
    RETENTION_INVALID(
            "UserErrorInvalidRetention",
            Kind.INVALID,
            "Write a rule with the tag Default and at most one each with Daily, Weekly, Monthly and Yearly; durations are such as P7D.");

    private final Reason reason;

    PolicyRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a policy that is not there.
    public static CommandRejected notFound(PolicyId policy) {
        return new CommandRejected(
                POLICY_NOT_FOUND,
                "There is no backup policy '%s' in the backup vault '%s'.".formatted(policy.name(), policy.vault()));
    }
}
