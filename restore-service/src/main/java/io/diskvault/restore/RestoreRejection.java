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
    POINT_DAMAGED(
            "UserErrorDatastoreDamaged",
            Kind.CONFLICT,
            "Restore another recovery point, or ask with continueOnDamage (--continue-on-damage) for what is whole of"
                    + " this one."),
    TARGET_GROUP_NOT_FOUND(
            "UserErrorRestoreTargetRGNotFound",
            Kind.NOT_FOUND,
            "Create the resource group, or name another one as the target."),
    TARGET_GROUP_INVALID(
            "UserErrorRestoreTargetRGInvalid",
            Kind.INVALID,
            "Name a resource group that was created with a disksRoot."),
    DISK_EXISTS(
            "UserErrorSameNameDiskAlreadyExists",
            Kind.CONFLICT,
            "Choose another name for the restored disk, or ask for the disk that is there to be overwritten."),
    FORMAT_NOT_WRITTEN_OVER(
            "UserErrorRestoreFormatNotSupported", Kind.INVALID, "Restore to a new disk, and use that one instead."),
    DISK_TOO_SMALL("UserErrorRestoreTargetTooSmall", Kind.CONFLICT, "Enlarge the disk, or restore to a new one."),
    DISK_REPLACED(
            "UserErrorManagedDiskNotFound",
            Kind.CONFLICT,
            "Look at the disk that has the name now, and ask again if it shall be overwritten."),
    NO_ROOM(
            "UserErrorNoSpaceLeft",
            Kind.CONFLICT,
            "Make room there, or restore into a resource group on another file system."),
    TARGET_NOT_WRITABLE(
            "UserErrorNotEnoughPermissionOnTargetRG",
            Kind.INVALID,
            "Allow the user that the server runs as to write there."),
    OVERWRITE_NOT_CONFIRMED(
            "UserErrorOverwriteNotConfirmed",
            Kind.PRECONDITION_REQUIRED,
            "If that is what you want, repeat the name of the disk in target.confirm (--confirm)."),
    FORMAT_UNFIT("UserErrorInvalidDiskFormat", Kind.INVALID, "Restore to a new disk in the format raw."),
    FORMAT_NOT_SUPPORTED(
            "UserErrorRestoreFormatNotSupported", Kind.INVALID, "Leave the format out, or give one that is possible.");

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

    /// For `latest` of an instance that was never backed up.
    static CommandRejected noPointYet(InstanceId instance) {
        return new CommandRejected(
                RECOVERY_POINT_NOT_FOUND,
                "The backup instance '%s' has no recovery point yet.".formatted(instance.path()));
    }

    static CommandRejected diskTooSmall(DiskId disk, long sizeBytes, long neededBytes) {
        return new CommandRejected(
                DISK_TOO_SMALL,
                "The disk '%s' has %d bytes; the recovery point is of a disk of %d bytes."
                        .formatted(disk.path(), sizeBytes, neededBytes));
    }

    public static CommandRejected diskReplaced(DiskId disk) {
        return new CommandRejected(
                DISK_REPLACED,
                "The disk '%s' that was to be overwritten is not there any more; another one may have its name."
                        .formatted(disk.path()));
    }

    static CommandRejected noRoom(DiskId disk, long neededBytes, long usableBytes) {
        return new CommandRejected(
                NO_ROOM,
                "The disk '%s' needs %d bytes, and the file system of the resource group has %d left."
                        .formatted(disk.path(), neededBytes, usableBytes));
    }

    /// For a disk that would be written over without its name being repeated.
    public static CommandRejected notConfirmed(String message) {
        return new CommandRejected(OVERWRITE_NOT_CONFIRMED, message);
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
