package io.diskvault.engine.qemu;

import java.io.IOException;

/// Says that a tool of QEMU is needed that is not installed.
public final class QemuMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    QemuMissingException(String program) {
        super(
                "qcow2, VMDK, VHDX and VDI need " + program
                        + ", which is not installed on this machine. Install it (on Debian and Ubuntu: apt install qemu-utils), or use raw or vhd.");
    }
}
