/// Disks for others to read, and some to write, over NBD, the protocol of network block devices.
///
/// An *export* is a disk under a name; a server asks its *exports* which there are, so that names can be secret and
/// can go at any time: closing an export ends its connections. A connection begins with the *handshake*, in which the
/// client chooses an export by *options*, and goes on with *requests*, which are answered as they are done and not as
/// they came. An export is read-only unless its disk is a [WritableDisk].
///
/// Every export may be used over any number of connections at once. Each connection has a thread that reads requests,
/// and a virtual one for each request under way. What they may hold is bounded ([NbdLimits]), and a client that
/// sends nonsense, nothing, or does not take its answers loses its connection, and nobody else anything.
///
/// Threads are never interrupted here: that would close the files of others. Whoever has to stop is stopped by closing
/// its channel.
@NullMarked
package io.diskvault.engine.nbd;

import org.jspecify.annotations.NullMarked;
