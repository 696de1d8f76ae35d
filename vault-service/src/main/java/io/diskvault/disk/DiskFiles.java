package io.diskvault.disk;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.resourcegroup.AllowedRoots;
import io.diskvault.resourcegroup.RealPath;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.snapshot.DiskSources;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Finds the file or block device behind a disk's source. Nothing outside of the resource group's directory is opened,
/// wherever links lead, and nothing of the server itself.
@Singleton
public class DiskFiles {
    private static final String SCHEME = "file:";

    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR_FILE = 0100000;
    private static final int BLOCK_DEVICE = 0060000;

    private final AllowedRoots allowed;

    DiskFiles(AllowedRoots allowed) {
        this.allowed = allowed;
    }

    /// Checked anew at every call, because files and links change: call it before each reading of the disk.
    ///
    /// @param source `file:` and a path, relative to the group's `disksRoot` or inside it. The path is taken as it
    ///     stands, without escapes
    /// @return a real path: a regular file or block device that can be read and is not empty
    /// @throws CommandRejected if there is no such file inside the directory
    public Path resolve(ResourceGroupRow group, String source) {
        Path root = rootOf(group);
        Path file = locate(root, source);
        if (!file.startsWith(root) || allowed.isServersOwn(file)) {
            throw outside(source, root);
        }
        requireDiskImage(source, file);
        requireNotEmpty(group, file);
        return file;
    }

    private static void requireNotEmpty(ResourceGroupRow group, Path file) {
        sizeIn(group, file, DiskFormat.RAW);
    }

    /// How large the disk in a file or block device is.
    ///
    /// @param file what [#resolve] returned
    /// @throws CommandRejected if it cannot be read, is not in that format, or is empty
    public long sizeBytes(ResourceGroupRow group, Path file, DiskFormat format) {
        return sizeIn(group, file, format);
    }

    private static long sizeIn(ResourceGroupRow group, Path file, DiskFormat format) {
        try {
            long size = DiskSources.sizeBytes(rootOf(group), file, format);
            if (size == 0) {
                throw new CommandRejected(DiskRejection.DISK_SOURCE_INVALID, "The disk %s is empty.".formatted(file));
            }
            return size;
        } catch (QemuMissingException missing) {
            throw new CommandRejected(DiskRejection.TOOL_NOT_INSTALLED, String.valueOf(missing.getMessage()));
        } catch (DiskFormatException unfit) {
            throw new CommandRejected(DiskRejection.DISK_FORMAT_INVALID, String.valueOf(unfit.getMessage()));
        } catch (IOException failure) {
            throw new CommandRejected(
                    DiskRejection.DISK_NOT_READABLE, "The disk %s cannot be read: %s.".formatted(file, failure));
        }
    }

    /// The directory of a group's disks. It has to be the one that it was when the group was made: whoever puts a link
    /// in its place must not lead the server somewhere else.
    ///
    /// @return a real path
    public static Path rootOf(ResourceGroupRow group) {
        if (group.disksRoot() == null) {
            throw new CommandRejected(
                    DiskRejection.DISK_SOURCE_INVALID,
                    "The resource group '%s' has no disksRoot, so it can hold no disks.".formatted(group.name()));
        }
        try {
            Path root = Path.of(group.disksRoot());
            Path real = root.toRealPath();
            if (!real.equals(root)) {
                throw new CommandRejected(
                        DiskRejection.DISK_SOURCE_INVALID,
                        "The disksRoot of the resource group '%s' was %s and is now reached through a link, to %s."
                                .formatted(group.name(), root, real));
            }
            return real;
        } catch (IOException failure) {
            throw new CommandRejected(
                    DiskRejection.DISK_FILE_MISSING,
                    "The disksRoot of the resource group '%s' cannot be read: %s.".formatted(group.name(), failure));
        }
    }

    private static Path locate(Path root, String source) {
        if (!source.startsWith(SCHEME)) {
            throw new CommandRejected(
                    DiskRejection.DISK_TYPE_NOT_SUPPORTED,
                    "source is %s; only file:PATH is supported.".formatted(Quoted.of(source)));
        }
        String path = source.substring(SCHEME.length());
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw new CommandRejected(
                    DiskRejection.DISK_SOURCE_INVALID,
                    "source is %s, which names a host; only file:PATH is supported.".formatted(Quoted.of(source)));
        }
        try {
            return RealPath.of(root.resolve(path));
        } catch (InvalidPathException | IOException _) {
            throw outside(source, root);
        }
    }

    private static CommandRejected outside(String source, Path root) {
        return new CommandRejected(
                DiskRejection.DISK_SOURCE_INVALID,
                "source is %s; only files and block devices inside %s are allowed, not the server's own, and no links that lead out of there or nowhere."
                        .formatted(Quoted.of(source), root));
    }

    private static void requireDiskImage(String source, Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandRejected(
                    DiskRejection.DISK_FILE_MISSING,
                    "source is %s, but there is no file or block device %s.".formatted(Quoted.of(source), file));
        }
        // Known before it is opened: opening a pipe would wait for a writer.
        int type = typeOf(file);
        if (type != REGULAR_FILE && type != BLOCK_DEVICE) {
            throw new CommandRejected(
                    DiskRejection.DISK_TYPE_NOT_SUPPORTED,
                    "source is %s, which is neither a file nor a block device.".formatted(Quoted.of(source)));
        }
    }

    private static int typeOf(Path file) {
        try {
            return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FILE_TYPE;
        } catch (IOException failure) {
            throw new CommandRejected(
                    DiskRejection.DISK_NOT_READABLE, "The disk %s cannot be looked at: %s.".formatted(file, failure));
        }
    }
}
