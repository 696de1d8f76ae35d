package io.diskvault.engine.qemu;

import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The formats that QEMU's tools are used for.
public enum QemuFormat {
    QCOW2("qcow2") {
        @Override
        void check(ByteBuffer head, String name) throws DiskFormatException {
            Qcow2Header.check(head, name);
        }
    },

    VMDK("vmdk") {
        @Override
        void check(ByteBuffer head, String name) throws DiskFormatException {
            VmdkHeader.check(head, name);
        }
    },

    VHDX("vhdx") {
        // A VHDX that is a difference to another one is refused by QEMU, which cannot read them.
        @Override
        void check(ByteBuffer head, String name) throws DiskFormatException {
            requireBeginning(head.remaining() >= Long.BYTES && head.getLong(0) == VHDX_MAGIC, name);
        }
    },

    VDI("vdi") {
        // As VHDX: QEMU refuses those that belong to others.
        @Override
        void check(ByteBuffer head, String name) throws DiskFormatException {
            requireBeginning(
                    head.remaining() >= VDI_MAGIC_AT + Integer.BYTES && head.getInt(VDI_MAGIC_AT) == VDI_MAGIC, name);
        }
    };

    private static final long VHDX_MAGIC = 0x7668647866696c65L; // vhdxfile
    private static final int VDI_MAGIC_AT = 64;
    private static final int VDI_MAGIC = 0x7f10dabe;

    private final String driver;

    QemuFormat(String driver) {
        this.driver = driver;
    }

    /// By which of them a disk is read and written; empty when QEMU is not needed for it.
    public static Optional<QemuFormat> of(DiskFormat format) {
        return switch (format) {
            case RAW, VHD, VHD_FIXED -> Optional.empty();
            case QCOW2 -> Optional.of(QCOW2);
            case VMDK -> Optional.of(VMDK);
            case VHDX -> Optional.of(VHDX);
            case VDI -> Optional.of(VDI);
        };
    }

    /// What QEMU calls it.
    String driver() {
        return driver;
    }

    /// Refuses what is not in this format, and what needs other files.
    ///
    /// @param head the image's first bytes, as many as it has
    /// @param name what to call the image in messages
    abstract void check(ByteBuffer head, String name) throws DiskFormatException;

    /// @param correct whether an image begins as this format does
    void requireBeginning(boolean correct, String name) throws DiskFormatException {
        if (!correct) {
            throw new DiskFormatException("%s is no %s image: it does not begin like one. Say which format it is in."
                    .formatted(name, driver));
        }
    }

    /// Why an image was not opened.
    ///
    /// @param what a sentence's end that says what it is, or has
    static DiskFormatException otherFiles(String name, String what) {
        return new DiskFormatException(
                "%s %s. Images that need other files are not opened, because they could name any file of this machine. Make one image of them first, if you know where they come from."
                        .formatted(name, what));
    }
}
