package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a backup instance refuses.
public enum InstanceRejection implements Rejection {
    INSTANCE_NOT_FOUND(
            "UserErrorBackupInstanceNotFound",
            Kind.NOT_FOUND,
            "Check the name, or list the instances of the vault with GET /backup-vaults/{vault}/backup-instances."),
    INSTANCE_EXISTS(
            "UserErrorBackupInstanceAlreadyExists",
            Kind.CONFLICT,
            "Choose another name, or delete the instance first; deleting it gives up its recovery points."),
    BACKUP_RUNNING(
            "UserErrorMaxConcurrentOperationLimitReached",
            Kind.CONFLICT,
            "Wait until the running backup has ended, or cancel it."),
    BACKUP_NOT_REQUESTED("UserErrorBackupNotRequested", Kind.CONFLICT, "Start a new backup of the instance."),
    RECOVERY_POINT_NOT_FOUND(
            "UserErrorDiskSnapshotNotFound",
            Kind.NOT_FOUND,
            "List the recovery points of the instance and use another one."),
    SNAPSHOT_GROUP_NOT_FOUND(
            "UserErrorSnapshotRGNotFound",
            Kind.NOT_FOUND,
            "Create the resource group, with a datastore, or name another one."),
    SNAPSHOT_GROUP_INVALID(
            "UserErrorInvalidOperationalStoreResourceGroup",
            Kind.INVALID,
            "Name a resource group that was created with a datastore.");

    private final Reason reason;

    InstanceRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For an instance that is not there.
    public static CommandRejected notFound(InstanceId instance) {
        return new CommandRejected(
                INSTANCE_NOT_FOUND,
                "The backup vault '%s' has no backup instance '%s'.".formatted(instance.vault(), instance.name()));
    }
}
