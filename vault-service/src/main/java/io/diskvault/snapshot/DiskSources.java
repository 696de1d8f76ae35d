package io.diskvault.snapshot;

import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.file.Path;

/// Opens disks in the directory of their resource group and nowhere else: the paths were checked a moment ago, and the
/// operating system sees to it that they still lead to the same place.
public final class DiskSources {
    private DiskSources() {}

    /// @param root the real path of the resource group's directory
    /// @param file the real path of a file or block device in it
    public static DiskSource open(Path root, Path file) throws IOException {
        return DiskSource.openBeneath(root, root.relativize(file));
    }

    /// How large the disk in a file or block device is.
    public static long sizeBytes(Path root, Path file) throws IOException {
        try (DiskSource source = open(root, file)) {
            return source.sizeBytes();
        }
    }
}
