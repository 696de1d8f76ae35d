package io.diskvault.snapshot;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.DatastoreExistsException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import io.diskvault.engine.KeyNotRemovedException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.posix.SystemErrors;
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.job.JobError;
import io.diskvault.job.JobFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// What the engine could not do, as a job tells it.
public final class EngineErrors {
    private EngineErrors() {}

    /// @param what the work that failed: "Backing up 'prod/web-1'"
    public static JobFailure failure(String what, Exception failure) {
        JobError error = failure instanceof DatastoreException datastore
                ? ofDatastore(what, datastore)
                : ofSystem(what, failure);
        return new JobFailure(error);
    }

    private static JobError ofDatastore(String what, DatastoreException failure) {
        String message = "%s failed: %s".formatted(what, failure.getMessage());
        return switch (failure) {
            case CorruptDatastoreException _ ->
                new JobError(
                        "UserErrorDatastoreDamaged",
                        message,
                        "Restore another recovery point, and check the disk that the datastore is on.",
                        false);
            case KeyNotRemovedException _ ->
                // No job removes keys.
                throw new IllegalArgumentException(failure);
            case NotADatastoreException _ ->
                new JobError(
                        "UserErrorDatastoreNotFound", message, "Mount or bring back the datastore's directory.", true);
            case WrongKeyException _ ->
                new JobError(
                        "UserErrorDatastoreKeyWrong",
                        message,
                        "Bring back the key file or passphrase that the datastore was made with.",
                        false);
            case FormatTooNewException _ ->
                new JobError(
                        "UserErrorDatastoreFormatTooNew",
                        message,
                        "Use the version of Diskvault that wrote it, or a newer one.",
                        false);
            case FormatTooOldException _ ->
                new JobError(
                        "UserErrorDatastoreFormatTooOld",
                        message,
                        "Use the version of Diskvault that wrote it.",
                        false);
            case OverlayUnusableException _ ->
                new JobError("UserErrorOverlayUnusable", message, "Use another overlay, or make a new one.", false);
            case PointNotFoundException _ ->
                new JobError("UserErrorDiskSnapshotNotFound", message, "Use another recovery point.", false);
            case RestoreTargetExistsException _ ->
                new JobError("UserErrorSameNameDiskAlreadyExists", message, "Restore under another name.", false);
            case DatastoreExistsException _ ->
                new JobError("UserErrorDatastoreExists", message, "Use the datastore that is there.", false);
        };
    }

    private static JobError ofSystem(String what, Exception failure) {
        String message = "%s failed: %s".formatted(what, failure);
        if (failure instanceof IOException system && SystemErrors.isNoSpace(system)) {
            return new JobError(
                    "UserErrorNoSpaceLeft",
                    message,
                    "Make room where the datastore or target is, or raise the quota there.",
                    true);
        }
        if (failure instanceof QemuMissingException missing) {
            return new JobError(
                    "UserErrorToolNotInstalled",
                    "%s failed: %s".formatted(what, missing.getMessage()),
                    "Install Debian's package qemu-utils, or what your system calls it, on the server.",
                    true);
        }
        if (failure instanceof DiskFormatException unfit) {
            return new JobError(
                    "UserErrorInvalidDiskFormat",
                    "%s failed: %s".formatted(what, unfit.getMessage()),
                    "Give the format that the disk image is in, repair the image, or choose another format.",
                    false);
        }
        if (failure instanceof FileInUseException) {
            return new JobError(
                    "UserErrorDiskInUse",
                    message,
                    "Shut down the virtual machine that has the disk, or unmount it, then restore again.",
                    true);
        }
        if (failure instanceof AccessDeniedException) {
            return new JobError("UserErrorAccessDenied", message, "Give the server's user access to it.", true);
        }
        if (failure instanceof NoSuchFileException) {
            return new JobError(
                    "UserErrorManagedDiskNotFound", message, "Bring the file back, or register the disk anew.", true);
        }
        if (failure instanceof IOException) {
            return new JobError(
                    "UserErrorInputOutput", message, "Check the disks involved and the system's log.", true);
        }
        throw new IllegalArgumentException(failure);
    }
}
