package io.diskvault.restoretest;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import io.diskvault.instance.InstanceId;
import io.diskvault.resourcegroup.ResourceGroupId;

/// Why a restore test, or a plan for them, is refused.
public enum RestoreTestRejection implements Rejection {
    PLAN_NOT_FOUND(
            "UserErrorRestoreTestPlanNotFound",
            Kind.NOT_FOUND,
            "Make one with PUT /backup-vaults/{vault}/restore-test-plan."),
    PLAN_VERSION_REQUIRED(
            "UserErrorRestoreTestPlanVersionRequired",
            Kind.PRECONDITION_REQUIRED,
            "Read the plan and repeat the change with its ETag in If-Match."),
    PLAN_VERSION_MISMATCH(
            "UserErrorRestoreTestPlanVersionMismatch",
            Kind.PRECONDITION_FAILED,
            "Read the plan again and repeat the change with its new ETag in If-Match, if it is still wanted."),
    SCRATCH_GROUP_NOT_FOUND(
            "UserErrorRestoreTargetRGNotFound",
            Kind.NOT_FOUND,
            "Create the resource group, with a disksRoot that has room for the largest disk, or name another one."),
    SCRATCH_GROUP_INVALID(
            "UserErrorRestoreTargetRGInvalid",
            Kind.INVALID,
            "Name a resource group that was created with a disksRoot."),
    SCRIPT_INVALID(
            "UserErrorRestoreTestScriptInvalid",
            Kind.INVALID,
            "Put the script into the directory that diskvault.restore-tests.scripts names, executable for the server and"
                    + " writable for nobody else, and give its file name alone."),
    TEST_RUNNING(
            "UserErrorMaxConcurrentOperationLimitReached",
            Kind.CONFLICT,
            "Wait until that restore test has ended, or cancel it.");

    private final Reason reason;

    RestoreTestRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a vault without a plan.
    public static CommandRejected planNotFound(RestoreTestPlanId plan) {
        return new CommandRejected(
                PLAN_NOT_FOUND,
                "The backup vault '%s' has no restore test plan."
                        .formatted(plan.vault().name()));
    }

    /// For a scratch resource group that is not there, or that the caller may not see.
    public static CommandRejected scratchGroupNotFound(ResourceGroupId group) {
        return new CommandRejected(
                SCRATCH_GROUP_NOT_FOUND,
                "There is no resource group '%s' to restore into for a test.".formatted(group.name()));
    }

    static CommandRejected scratchGroupWithoutDisks(ResourceGroupId group) {
        return new CommandRejected(
                SCRATCH_GROUP_INVALID,
                "The resource group '%s' has no disksRoot, so nothing can be restored into it for a test."
                        .formatted(group.name()));
    }

    static CommandRejected testRunning(InstanceId instance, String job) {
        return new CommandRejected(
                TEST_RUNNING, "A restore test of '%s' is queued or running: job %s.".formatted(instance.path(), job));
    }
}
