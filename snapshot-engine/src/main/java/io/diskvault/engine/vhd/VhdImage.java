package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the disk in a VHD file.
///
/// The footer at the end of the file counts. A guest can write whatever it likes to the disk, and the start of a
/// fixed VHD is the start of its disk; so a copy of the footer there is believed only when the end has none that is
/// whole, and only if it speaks of a dynamic VHD, in which that place is not the guest's.
public final class VhdImage {
    private static final Logger LOG = LoggerFactory.getLogger(VhdImage.class);

    private final DiskSource file;

    /// Where the last block ends at the latest.
    private long end;

    private VhdImage(DiskSource file) {
        this.file = file;
    }

    /// Opens a fixed or dynamic VHD. Takes over the file, also when it fails.
    ///
    /// @throws DiskFormatException when it is none, damaged, or a differencing one
    public static DiskSource open(DiskSource file) throws IOException {
        return opened(file, false);
    }

    /// Opens a fixed VHD. Takes over the file, also when it fails.
    ///
    /// @throws DiskFormatException when it is none, damaged, or dynamic
    public static DiskSource openFixed(DiskSource file) throws IOException {
        return opened(file, true);
    }

    /// The footer that counts.
    ///
    /// @throws DiskFormatException when there is none, or it is damaged, or says more than the file has
    public static VhdFooter footer(DiskSource file) throws IOException {
        VhdImage image = new VhdImage(file);
        VhdPart part = image.end();
        VhdFooter footer = image.footer(part).footer();
        requireRoom(footer, part);
        return footer;
    }

    private VhdPart end() {
        return new VhdPart(file, "the footer", Math.max(0, file.sizeBytes() - VhdFooter.BYTES));
    }

    private static void requireRoom(VhdFooter footer, VhdPart end) throws DiskFormatException {
        if (footer.type() == VhdFooter.Type.FIXED && footer.diskBytes() > end.offset()) {
            throw end.wrong(
                    "says that the disk has %d bytes, but before it there are only %d; the file has been cut off"
                            .formatted(footer.diskBytes(), end.offset()));
        }
    }

    private static DiskSource opened(DiskSource file, boolean onlyFixed) throws IOException {
        try {
            return new VhdImage(file).open(onlyFixed);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private DiskSource open(boolean onlyFixed) throws IOException {
        VhdPart part = end();
        VhdFooter.Found found = onlyFixed ? VhdFooter.read(part) : footer(part);
        requireRoom(found.footer(), part);
        long size = found.footer().diskBytes();
        return switch (found.footer().type()) {
            case FIXED -> new FixedVhd(file, size);
            case DYNAMIC -> {
                if (onlyFixed) {
                    throw part.wrong(
                            "says that it is dynamic; as vhd-fixed only a fixed one can be read. Its format is vhd");
                }
                VhdHeader header = VhdHeader.read(new VhdPart(file, "the header", found.headerOffset()), size);
                yield new DynamicVhd(file, size, header, BlockTable.read(file, header, found.headerOffset(), end));
            }
        };
    }

    private VhdFooter.Found footer(VhdPart part) throws IOException {
        try {
            VhdFooter.Found found = VhdFooter.read(part);
            end = part.offset();
            return found;
        } catch (DiskFormatException damaged) {
            VhdFooter.Found copy = copyAtStart(damaged);
            // As while a guest makes the file grow, or when it was cut off.
            LOG.warn("Its copy at the start is used: {}", damaged.getMessage());
            end = file.sizeBytes();
            return copy;
        }
    }

    private VhdFooter.Found copyAtStart(DiskFormatException damaged) throws IOException {
        try {
            VhdFooter.Found copy = VhdFooter.read(new VhdPart(file, "the copy of the footer", 0));
            if (copy.footer().type() == VhdFooter.Type.DYNAMIC) {
                return copy;
            }
        } catch (DiskFormatException none) {
            damaged.addSuppressed(none);
        }
        throw damaged;
    }
}
