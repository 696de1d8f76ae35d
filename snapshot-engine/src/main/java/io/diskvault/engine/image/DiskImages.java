package io.diskvault.engine.image;

import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.qemu.QemuFormat;
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.qemu.QemuSource;
import io.diskvault.engine.qemu.QemuTools;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.vhd.VhdImage;
import java.io.IOException;
import java.nio.file.Path;

/// Opens disks, whatever format they are in.
public final class DiskImages {
    private DiskImages() {}

    /// Opens an image file or a block device.
    ///
    /// @throws DiskFormatException when it is not in that format, or damaged
    /// @throws QemuMissingException when the format needs tools that are not installed
    public static DiskSource open(Path path, DiskFormat format) throws IOException {
        return of(Descriptor.openForReading(path), path, format);
    }

    /// Opens a disk below a directory, as safely as [DiskSource#openBeneath].
    ///
    /// @param root a real path
    /// @param relative where below the root it lies, as a real path too
    /// @throws DiskFormatException when it is not in that format, or damaged
    /// @throws QemuMissingException when the format needs tools that are not installed
    public static DiskSource openBeneath(Path root, Path relative, DiskFormat format) throws IOException {
        return of(Descriptor.openBeneath(root, relative), root.resolve(relative), format);
    }

    /// Takes over the descriptor, also when it fails. Whatever is read is read through it, and never by the path.
    private static DiskSource of(Descriptor descriptor, Path path, DiskFormat format) throws IOException {
        return switch (format) {
            case RAW -> DiskSource.of(descriptor, path);
            case VHD -> VhdImage.open(DiskSource.of(descriptor, path));
            case VHD_FIXED -> VhdImage.openFixed(DiskSource.of(descriptor, path));
            case QCOW2, VMDK, VHDX, VDI ->
                QemuSource.open(QemuTools.installed(), QemuFormat.of(format).orElseThrow(), descriptor, path);
        };
    }
}
