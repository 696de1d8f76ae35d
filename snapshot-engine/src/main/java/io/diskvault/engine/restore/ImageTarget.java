package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.qemu.QemuFormat;
import io.diskvault.engine.qemu.QemuMissingException;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.ExistingFile;
import io.diskvault.engine.vhd.VhdFooter;
import io.diskvault.engine.vhd.VhdImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Where a disk is restored to, in a format.
///
/// @param madeAt the time that the disk's content is of
public record ImageTarget(DiskFormat format, Instant madeAt) {

    /// Opens what a path names, as [RestoreTarget#open] does.
    ///
    /// @throws DiskFormatException when the format cannot hold the disk, or what the path names is not fit for it
    /// @throws QemuMissingException when the format needs tools that are not installed
    public RestoreTarget open(Path path, long diskBytes, RestoreOptions options, Randomness randomness)
            throws IOException, DatastoreException {
        Optional<String> unfit = format.unfit(diskBytes);
        if (unfit.isPresent()) {
            throw new DiskFormatException(unfit.get() + " Restore it in the format raw.");
        }
        if (format != DiskFormat.RAW && Descriptor.isBlockDevice(path)) {
            throw new DiskFormatException("%s is a block device, which takes a disk in the format raw, not %s."
                    .formatted(path, format.text()));
        }
        if (format != DiskFormat.RAW && options.existing() == RestoreOptions.Existing.CORRECTED) {
            try (DiskSource content = DiskSource.open(path)) {
                requireInPlace(content, path, diskBytes);
                return RestoreTarget.open(path, content.sizeBytes(), options, randomness);
            }
        }
        return switch (format) {
            case RAW -> RestoreTarget.open(path, diskBytes, options, randomness);
            case VHD ->
                new DynamicVhdTarget(
                        RestoreTarget.open(path, 0, options, randomness),
                        VhdFooter.dynamic(diskBytes, madeAt, newId(randomness)));
            case VHD_FIXED ->
                new FixedVhdTarget(
                        RestoreTarget.open(path, diskBytes + VhdFooter.BYTES, options, randomness),
                        VhdFooter.fixed(diskBytes, madeAt, newId(randomness)));
            case QCOW2, VMDK, VHDX, VDI ->
                QemuTarget.open(
                        QemuFormat.of(format).orElseThrow(),
                        // What a restore has left that was killed, nobody could go on with.
                        RestoreTarget.open(path, 0, options.notResumable(), randomness),
                        path,
                        diskBytes);
        };
    }

    /// A file or device that is there already, of which only what differs is written, as
    /// [RestoreTarget#inPlace] does.
    ///
    /// @param file is closed with the target, and at once when that fails
    /// @throws DiskFormatException when its disk does not lie in it as a whole, or has another size
    public RestoreTarget inPlace(ExistingFile file, Path path, long diskBytes) throws IOException {
        if (format == DiskFormat.RAW) {
            return RestoreTarget.inPlace(file, path, diskBytes, true);
        }
        try (DiskSource content = file.content()) {
            requireInPlace(content, path, diskBytes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return RestoreTarget.inPlace(file, path, file.sizeBytes(), true);
    }

    /// Whether what is there can be written over where it lies: only as a fixed VHD of a disk of that size, which then
    /// lies in it from its start. Its footer stays as it is.
    ///
    /// @param content what the file holds
    /// @param path what to call it in messages
    /// @throws DiskFormatException when it cannot
    public void requireInPlace(DiskSource content, Path path, long diskBytes) throws IOException {
        if (format != DiskFormat.VHD && format != DiskFormat.VHD_FIXED) {
            throw new DiskFormatException(
                    "%s is in the format %s, in which a disk cannot be written over in place. Restore to a new disk."
                            .formatted(path, format.text()));
        }
        VhdFooter footer = VhdImage.footer(content);
        if (footer.type() != VhdFooter.Type.FIXED) {
            throw new DiskFormatException(
                    "%s is a dynamic VHD, whose disk cannot be written over in place. Restore to a new disk, or convert it to a fixed VHD first."
                            .formatted(path));
        }
        if (footer.diskBytes() != diskBytes) {
            throw new DiskFormatException(
                    "%s is a VHD of a disk of %d bytes, and the recovery point is of one of %d. In place the size must be the same; restore to a new disk."
                            .formatted(path, footer.diskBytes(), diskBytes));
        }
    }

    private static UUID newId(Randomness randomness) {
        ByteBuffer random = ByteBuffer.wrap(randomness.bytes(2 * Long.BYTES));
        return new UUID(random.getLong(), random.getLong());
    }
}
