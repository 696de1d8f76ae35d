/// The VHD format, as Microsoft's "Virtual Hard Disk Image Format Specification" describes it, read and written.
///
/// A *fixed* VHD is the bytes of a disk and a *footer* behind them. A *dynamic* one holds only *blocks* that were
/// written to: a copy of the footer, a *header*, a *block table* that says where each block lies, the blocks, each
/// behind a *bitmap* of its written sectors, and the footer. A *differencing* one is dynamic and lacks what its
/// parent has; it is not read here. All numbers are big-endian, all checksums the complement of the sum of the other
/// bytes.
///
/// Whatever a file says is checked before anything is allocated or read because of it.
@NullMarked
package io.diskvault.engine.vhd;

import org.jspecify.annotations.NullMarked;
