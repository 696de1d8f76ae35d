package io.diskvault.disk;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a disk is refused.
public enum DiskRejection implements Rejection {
    DISK_NOT_FOUND(
            "UserErrorManagedDiskNotFound", Kind.NOT_FOUND, "Check the name, or list the disks with GET /disks."),
    DISK_FILE_MISSING(
            "UserErrorManagedDiskNotFound",
            Kind.INVALID,
            "Put the disk image or device where the source says, or register the disk with another source."),
    DISK_TYPE_NOT_SUPPORTED(
            "UserErrorDiskBackupDiskTypeNotSupported",
            Kind.INVALID,
            "Give a disk image or a block device as file:PATH, and one of the supported types."),
    DISK_SOURCE_INVALID(
            "UserErrorInvalidDiskSource",
            Kind.INVALID,
            "Name a disk image or block device inside the resource group's disksRoot."),
    DISK_FORMAT_INVALID(
            "UserErrorInvalidDiskFormat",
            Kind.INVALID,
            "Give the format that the disk image is in, or repair the image."),
    TOOL_NOT_INSTALLED(
            "UserErrorToolNotInstalled",
            Kind.INVALID,
            "Install Debian's package qemu-utils, or what your system calls it, on the server."),
    DISK_NOT_READABLE(
            "UserErrorNotEnoughPermissionOnDisk",
            Kind.INVALID,
            "Allow the user that the server runs as to read the disk image or device."),
    DISK_DIFFERS(
            "UserErrorDiskAlreadyExists",
            Kind.CONFLICT,
            "Choose another name, or delete the registered disk first; the new one starts a new chain."),
    DISK_PROTECTED("UserErrorDiskProtected", Kind.CONFLICT, "Delete the backup instance that protects the disk first."),
    DISK_BEING_RESTORED(
            "UserErrorMaxConcurrentOperationLimitReached",
            Kind.CONFLICT,
            "Wait until the restore has ended, or cancel it."),
    DISK_ALREADY_PROTECTED(
            "UserErrorDppDatasourceAlreadyProtected",
            Kind.CONFLICT,
            "Delete the backup instance that protects the disk now, then protect it again.");

    private final Reason reason;

    DiskRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a disk that is not registered.
    public static CommandRejected notFound(DiskId disk) {
        return new CommandRejected(DISK_NOT_FOUND, "There is no disk '%s'.".formatted(disk.path()));
    }

    /// For a disk that a restore writes over.
    ///
    /// @param job the restore
    public static CommandRejected beingRestored(DiskId disk, String job) {
        return new CommandRejected(
                DISK_BEING_RESTORED,
                "A restore that writes over the disk '%s' is queued or running: job %s.".formatted(disk.path(), job));
    }

    /// For a disk that belongs to a backup instance.
    ///
    /// @param instance as in `prod/web-1`
    public static CommandRejected alreadyProtected(DiskId disk, String instance) {
        return new CommandRejected(
                DISK_ALREADY_PROTECTED,
                "The disk '%s' you are trying to configure backup for is already being protected by the backup instance '%s'."
                        .formatted(disk.path(), instance));
    }
}
