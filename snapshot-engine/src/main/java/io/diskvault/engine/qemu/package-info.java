/// Disks in formats that QEMU's tools read and write, and nobody else needs to: qcow2, VMDK, VHDX and VDI.
///
/// An *image* is a file that holds such a disk. `qemu-nbd` serves the disk in it on a unix domain socket that nobody
/// else reaches, and it is read or written through that. The tools are children of this process; they run for as long
/// as the disk is open, and end by themselves when this process dies.
///
/// An image can name other files: what it is a difference to, or where its data lies. Whoever may write an image
/// would so be given any file that the server may read. Therefore an image that is read is checked first, by this
/// package and not by the tools, and what needs other files is refused. And the tools do not open the image at all:
/// they read it over NBD from this process, which goes on giving them the beginning that was checked, so that nobody
/// can change it in between. They are told the format and never guess it.
@NullMarked
package io.diskvault.engine.qemu;

import org.jspecify.annotations.NullMarked;
