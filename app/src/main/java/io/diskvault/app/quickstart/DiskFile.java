package io.diskvault.app.quickstart;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Failures;
import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A disk on this machine that can be protected: links followed, readable, not empty.
///
/// @param directory where it lies
/// @param fileName its name there
record DiskFile(Path directory, String fileName, DiskFormat format, long sizeBytes) {
    private static final int FILE_TYPE = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    /// @param declared what the disk is in; what its name says, if nobody says
    static DiskFile check(Path given, Optional<DiskFormat> declared) throws CommandFailed {
        if (Files.notExists(given)) throw unusable(given, "does not exist");
        if (Files.isDirectory(given)) throw unusable(given, "is a directory");
        if (!Files.isReadable(given)) throw unusable(given, "cannot be read by this user");
        // Known before it is opened: opening a pipe would wait for its writer.
        if (!isFileOrBlockDevice(given)) throw unusable(given, "is neither a file nor a block device");
        try {
            Path real = given.toRealPath();
            String name = real.getFileName().toString();
            DiskFormat format = declared.orElseGet(() -> DiskFormat.ofFileName(name));
            long size = sizeBytes(real, format);
            if (size == 0) throw unusable(given, "is empty");
            return new DiskFile(real.resolveSibling(""), name, format, size);
        } catch (IOException failure) {
            throw Failures.explained(failure);
        }
    }

    private static long sizeBytes(Path file, DiskFormat format) throws IOException {
        try (DiskSource source = DiskImages.open(file, format)) {
            return source.sizeBytes();
        }
    }

    private static boolean isFileOrBlockDevice(Path given) throws CommandFailed {
        try {
            int mode = (int) Files.getAttribute(given, "unix:mode");
            return Files.isRegularFile(given) || (mode & FILE_TYPE) == BLOCK_DEVICE;
        } catch (IOException failure) {
            throw Failures.explained(failure);
        }
    }

    private static CommandFailed unusable(Path given, String why) {
        return new CommandFailed(
                "DiskUnusable", given + " " + why + ".", "Give a disk image or a block device that can be read.");
    }

    /// How the disk is named below its resource group.
    String source() {
        return "file:" + fileName;
    }

    Path path() {
        return directory.resolve(fileName);
    }
}
