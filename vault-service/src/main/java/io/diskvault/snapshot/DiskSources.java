package io.diskvault.snapshot;

import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.file.Path;

/// Opens disks in the directory of their resource group and nowhere else: the paths were checked a moment ago, and the
/// operating system sees to it that they still lead to the same place.
public final class DiskSources {
    private DiskSources() {}

    /// @param root the real path of the resource group's directory
    /// @param file the real path of a file or block device in it
    /// @param format as the disk was registered with
    public static DiskSource open(Path root, Path file, DiskFormat format) throws IOException {
        return DiskImages.openBeneath(root, root.relativize(file), format);
    }

    /// How large the disk in a file or block device is.
    public static long sizeBytes(Path root, Path file, DiskFormat format) throws IOException {
        try (DiskSource source = open(root, file, format)) {
            return source.sizeBytes();
        }
    }
}
