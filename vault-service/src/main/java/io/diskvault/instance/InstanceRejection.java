package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.diskvault.command.Rejection;
import io.diskvault.job.JobId;

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
    INSTANCE_SOFT_DELETED(
            "UserErrorBackupInstanceSoftDeleted",
            Kind.CONFLICT,
            "Undelete it with POST /backup-vaults/{vault}/deleted-backup-instances/{instance}/undelete, or purge it."),
    INSTANCE_NOT_DELETED(
            "UserErrorBackupInstanceNotSoftDeleted",
            Kind.CONFLICT,
            "List what can be undeleted and purged with GET /backup-vaults/{vault}/deleted-backup-instances."),
    PROTECTION_STOPPED(
            "UserErrorProtectionStopped",
            Kind.CONFLICT,
            "Resume protection with POST …/resume-protection, then repeat the request."),
    BACKUPS_SUSPENDED(
            "UserErrorBackupsSuspended",
            Kind.CONFLICT,
            "Resume protection with POST …/resume-protection, then repeat the request."),
    DISK_PROTECTED_ELSEWHERE(
            "UserErrorDppDatasourceAlreadyHasBackupInstance",
            Kind.CONFLICT,
            "Delete the backup instance that protects the disk now, then resume protection here."),
    VAULT_IMMUTABLE(
            "UserErrorVaultImmutable",
            Kind.CONFLICT,
            "Suspend the backups, so that what is due expires, and delete the instance when nothing else is left."),
    SOFT_DELETE_ALWAYS_ON(
            "UserErrorSoftDeleteAlwaysOn",
            Kind.CONFLICT,
            "Undelete it, or wait: it is purged by itself when the vault's days are up."),
    ON_LEGAL_HOLD(
            "UserErrorRecoveryPointsOnLegalHold",
            Kind.CONFLICT,
            "List the held points with GET …/recovery-points?state=held and release their holds first, if that may be."),
    POINTS_EXPORTED(
            "UserErrorRecoveryPointsExported",
            Kind.CONFLICT,
            "List them with GET …/backup-instances/{instance}/exports, end them, and repeat the request."),
    BACKUP_RUNNING(
            "UserErrorMaxConcurrentOperationLimitReached",
            Kind.CONFLICT,
            "Wait until the running backup has ended, or cancel it."),
    DISK_BEING_RESTORED(
            "UserErrorMaxConcurrentOperationLimitReached",
            Kind.CONFLICT,
            "Wait until the restore has ended, or cancel it."),
    MAX_RECOVERY_POINTS_REACHED(
            "UserErrorMaxRecoveryPointsReached",
            Kind.CONFLICT,
            "Wait until recovery points expire, or delete what is not needed; nothing is deleted to make room."),
    ON_DEMAND_LIMIT_REACHED(
            "UserErrorOnDemandBackupLimitReached",
            Kind.LIMIT_REACHED,
            "Wait until then, or raise diskvault.limits.on-demand-backups-per-day."),
    RESTORE_LIMIT_REACHED(
            "UserErrorRestoreLimitReached",
            Kind.LIMIT_REACHED,
            "Wait until then, or raise diskvault.limits.restores-per-day."),
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
            "Name a resource group that was created with a datastore."),
    SNAPSHOT_GROUP_NOT_WRITABLE(
            "UserErrorNotEnoughPermissionOnSnapshotRG",
            Kind.INVALID,
            "Allow the user that the server runs as to write there.");

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

    /// For an instance that is deleted and not purged yet.
    public static CommandRejected softDeleted(InstanceId instance) {
        return new CommandRejected(
                INSTANCE_SOFT_DELETED,
                "The backup instance '%s' is deleted, but not purged yet.".formatted(instance.path()));
    }

    /// For an instance that would have to be deleted for what is asked.
    static CommandRejected notDeleted(InstanceId instance) {
        return new CommandRejected(
                INSTANCE_NOT_DELETED, "The backup instance '%s' is not deleted.".formatted(instance.path()));
    }

    /// For a recovery point that the instance does not have, or not any more.
    public static CommandRejected pointNotFound(InstanceId instance, String point) {
        return new CommandRejected(
                RECOVERY_POINT_NOT_FOUND,
                "The backup instance '%s' has no recovery point %s.".formatted(instance.path(), Quoted.of(point)));
    }

    /// For a recovery point that the instance had.
    ///
    /// @param when it was given up
    static CommandRejected pointExpired(InstanceId instance, String point, String when) {
        return new CommandRejected(
                RECOVERY_POINT_NOT_FOUND,
                "The recovery point %s of the backup instance '%s' has expired, at %s."
                        .formatted(Quoted.of(point), instance.path(), when));
    }

    /// For a backup of a disk that a restore writes over.
    static CommandRejected diskBeingRestored(InstanceId instance, JobId restore) {
        return new CommandRejected(
                DISK_BEING_RESTORED,
                "A restore that writes over the disk of '%s' is queued or running: job %s."
                        .formatted(instance.path(), restore.text()));
    }

    /// For what has to wait until a backup has ended.
    public static CommandRejected stillRunning(InstanceId instance, JobId running) {
        return new CommandRejected(
                BACKUP_RUNNING,
                "A backup of '%s' is queued or running: job %s.".formatted(instance.path(), running.text()));
    }
}
