package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.job.JobFailure;
import io.diskvault.resourcegroup.ResourceGroupId;

/// Why a restore is refused, or fails.
public enum RestoreRejection implements Rejection {
    RECOVERY_POINT_NOT_FOUND(
            "UserErrorDiskSnapshotNotFound",
            Kind.NOT_FOUND,
            "List the recovery points of the instance and use another one."),
    TARGET_GROUP_NOT_FOUND(
            "UserErrorRestoreTargetRGNotFound",
            Kind.NOT_FOUND,
            "Create the resource group, or name another one as the target."),
    TARGET_GROUP_INVALID(
            "UserErrorRestoreTargetRGInvalid",
            Kind.INVALID,
            "Name a resource group that was created with a disksRoot."),
    DISK_EXISTS("UserErrorSameNameDiskAlreadyExists", Kind.CONFLICT, "Choose another name for the restored disk."),
    FORMAT_NOT_SUPPORTED("UserErrorRestoreFormatNotSupported", Kind.INVALID, "Leave the format out, or give \"raw\".");

    private final Reason reason;

    RestoreRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    public static CommandRejected pointNotFound(InstanceId instance, String point) {
        return new CommandRejected(
                RECOVERY_POINT_NOT_FOUND,
                "The backup instance '%s' has no recovery point '%s'.".formatted(instance.path(), point));
    }

    public static CommandRejected targetGroupNotFound(ResourceGroupId group) {
        return new CommandRejected(
                TARGET_GROUP_NOT_FOUND, "There is no resource group '%s' to restore into.".formatted(group.name()));
    }

    public static CommandRejected targetGroupWithoutDisks(ResourceGroupId group) {
        return new CommandRejected(
                TARGET_GROUP_INVALID,
                "The resource group '%s' has no disksRoot, so no disk can be made in it.".formatted(group.name()));
    }

    public static CommandRejected diskExists(DiskId disk) {
        return new CommandRejected(
                DISK_EXISTS,
                "The resource group '%s' has a disk or a file named '%s' already."
                        .formatted(disk.resourceGroup(), disk.name()));
    }

    /// The same reason as the end of a job that was accepted before it became true.
    static JobFailure asFailure(CommandRejected refused) {
        return new JobFailure(new JobError(
                refused.rejection().code(),
                String.valueOf(refused.getMessage()),
                refused.rejection().recommendedAction(),
                false));
    }
}
