package io.diskvault.files;

import io.diskvault.command.Rejection;

/// Why files of a recovery point are not given.
public enum FilesRejection implements Rejection {
    READER_MISSING(
            "UserErrorFileReaderMissing",
            Kind.CONFLICT,
            "Install it where Diskvault runs (Debian and Ubuntu: apt install python3-tsk; elsewhere: pip install pytsk3),"
                    + " or name an interpreter that has it with diskvault.files.python (--python for commands without a"
                    + " server). Without it, export or restore the recovery point and mount it."),
    READER_FAILED(
            "UserErrorFileReaderFailed",
            Kind.INVALID,
            "The file system may be damaged. Export or restore the recovery point, check the file system, and mount it."
                    + " If only time was short, raise diskvault.files.patience."),
    VOLUME_NOT_FOUND("UserErrorVolumeNotFound", Kind.NOT_FOUND, "List the volumes and use a number from there."),
    VOLUME_NEEDED("UserErrorVolumeNeeded", Kind.INVALID, "Say which volume you mean."),
    VOLUME_NOT_READABLE(
            "UserErrorVolumeNotReadable",
            Kind.INVALID,
            "Export the recovery point as a disk, or restore it, and mount it where its file system is known."),
    FILE_NOT_FOUND("UserErrorFileNotFound", Kind.NOT_FOUND, "List the folder; names count as they are listed."),
    NOT_A_FOLDER("UserErrorNotAFolder", Kind.INVALID, "Name a folder."),
    NOT_A_FILE("UserErrorNotAFile", Kind.INVALID, "Name a file or a folder."),
    FILE_NOT_READABLE(
            "UserErrorFileNotReadable",
            Kind.INVALID,
            "Export the recovery point as a disk, or restore it, and read the file with the system that wrote it."),
    FOLDER_TOO_LARGE(
            "UserErrorFolderTooLarge",
            Kind.INVALID,
            "Export the recovery point as a disk, or restore it, and mount it."),
    POINT_DAMAGED(
            "UserErrorRecoveryPointDamaged",
            Kind.CONFLICT,
            "Verify the datastore, which says what is damaged, and take another recovery point."),
    TOO_MANY_POINTS(
            "UserErrorFilesTooManyPoints",
            Kind.LIMIT_REACHED,
            "Ask again in a minute, or raise diskvault.files.points."),
    TOO_MANY_DOWNLOADS(
            "UserErrorFilesTooManyDownloads",
            Kind.LIMIT_REACHED,
            "Ask again when one has ended, or raise diskvault.files.downloads."),
    TOO_MANY_READS(
            "UserErrorFilesTooManyReads",
            Kind.LIMIT_REACHED,
            "Take the folder that they are in as a whole, or ask again in an hour.");

    private final Reason reason;

    FilesRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
