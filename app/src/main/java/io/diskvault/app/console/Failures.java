package io.diskvault.app.console;

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
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.source.DiskFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Prints why a command failed: for people on standard error, and with `--json` as the one object on standard output.
public final class Failures implements IExecutionExceptionHandler {
    private final Terminal terminal;

    public Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) throws Exception {
        CommandFailed shown = switch (failure) {
            case CommandFailed failed -> failed;
            case DatastoreException refused -> new CommandFailed(code(refused), message(refused));
            case IOException io -> explained(io);
            // Anything else is our own bug, or wrong usage that picocli itself prints.
            default -> throw failure;
        };
        shown.printTo(terminal);
        if (asksForJson(result)) terminal.print(shown.toJson());
        return ExitCode.SOFTWARE;
    }

    /// The operating system's refusal as a sentence: Java's own message is often only the path.
    public static CommandFailed explained(IOException failure) {
        if (failure instanceof QemuMissingException) return new CommandFailed("ToolNotInstalled", message(failure));
        if (failure instanceof DiskFormatException) return new CommandFailed("InvalidDiskFormat", message(failure));
        if (failure instanceof FileInUseException) return new CommandFailed("TargetInUse", message(failure));
        String reason = switch (failure) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "may not be opened by this user";
            case FileAlreadyExistsException _ -> "exists already";
            case NotDirectoryException _ -> "is not a directory";
            case DirectoryNotEmptyException _ -> "is not empty";
            default -> "";
        };
        return failure instanceof FileSystemException file && !reason.isEmpty()
                ? new CommandFailed("InputOutput", file.getFile() + " " + reason + ".")
                : new CommandFailed("InputOutput", message(failure));
    }

    private static String code(DatastoreException refused) {
        return switch (refused) {
            case CorruptDatastoreException _ -> "CorruptDatastore";
            case DatastoreExistsException _ -> "DatastoreExists";
            case FormatTooNewException _ -> "FormatTooNew";
            case FormatTooOldException _ -> "FormatTooOld";
            case KeyNotRemovedException _ -> "KeyNotRemoved";
            case NotADatastoreException _ -> "NotADatastore";
            case OverlayUnusableException _ -> "OverlayUnusable";
            case PointNotFoundException _ -> "RecoveryPointNotFound";
            case RestoreTargetExistsException _ -> "RestoreTargetExists";
            case WrongKeyException _ -> "WrongKey";
        };
    }

    private static String message(Exception failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }

    private static boolean asksForJson(ParseResult result) {
        for (ParseResult level = result; level != null; level = level.subcommand()) {
            if (level.hasMatchedOption("--json")) return true;
        }
        return false;
    }
}
