package io.diskvault.engine.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a disk lies in its file.
///
/// A format is always declared and never found out from the content: whoever writes to a raw disk, a guest for
/// example, could write a header to its start that makes somebody else read a disk out of it that was never there.
public enum DiskFormat {
    /// The disk's bytes and nothing else, as on a block device.
    RAW("raw", "img"),

    /// The format of Azure and Hyper-V. As a source fixed or dynamic, as the file's own footer says; a new file is
    /// dynamic, which means that it holds only what was written.
    VHD("vhd", "vhd"),

    /// A VHD that is as long as its disk, the only kind that Azure takes: the disk's bytes, and a footer.
    VHD_FIXED("vhd-fixed", "vhd"),

    /// The format of QEMU, version 2 or 3, in one file. This and the following ones need QEMU's tools.
    QCOW2("qcow2", "qcow2"),

    /// The format of VMware, in one file: monolithicSparse or streamOptimized.
    VMDK("vmdk", "vmdk"),

    /// The newer format of Hyper-V.
    VHDX("vhdx", "vhdx"),

    /// The format of VirtualBox.
    VDI("vdi", "vdi");

    private static final long SECTOR_BYTES = 512;
    private static final long DYNAMIC_VHD_BYTES_MAX = 2040L << 30;

    private final String text;
    private final String extension;

    DiskFormat(String text, String extension) {
        this.text = text;
        this.extension = extension;
    }

    /// As people write it, and as it is stored.
    public String text() {
        return text;
    }

    /// How the names of such files end.
    public String extension() {
        return extension;
    }

    /// Reads what [#text] wrote.
    public static Optional<DiskFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text.equals(text))
                .findFirst();
    }

    /// What a file is taken for when nobody says: what its name ends in, otherwise raw.
    public static DiskFormat ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format != RAW && lower.endsWith("." + format.extension))
                .findFirst()
                .orElse(RAW);
    }

    /// All there are, for messages.
    public static String choices() {
        return Arrays.stream(values()).map(DiskFormat::text).collect(Collectors.joining(", "));
    }

    /// Why a disk of a size cannot be made in this format, if that is so. Sizes are never changed to make them fit.
    public Optional<String> unfit(long sizeBytes) {
        if (this != RAW && sizeBytes % SECTOR_BYTES != 0) {
            return Optional.of("A disk in the format %s has whole sectors of %d bytes, and this one has %d bytes."
                    .formatted(text, SECTOR_BYTES, sizeBytes));
        }
        if (this == VHD && sizeBytes > DYNAMIC_VHD_BYTES_MAX) {
            return Optional.of("A dynamic VHD has at most %d bytes (2040 GiB), and this disk has %d."
                    .formatted(DYNAMIC_VHD_BYTES_MAX, sizeBytes));
        }
        return Optional.empty();
    }
}
