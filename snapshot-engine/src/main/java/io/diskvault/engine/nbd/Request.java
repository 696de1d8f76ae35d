package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;

/// One request of a client.
///
/// @param cookie what the answer must name
/// @param offset may be anything
/// @param length as the client gave it, up to 2^32 - 1
record Request(int flags, int type, long cookie, long offset, long length) {

    static final int BYTES = 28;

    /// @param bytes stand behind the magic number
    static Request of(ByteBuffer bytes) {
        return new Request(
                Short.toUnsignedInt(bytes.getShort()),
                Short.toUnsignedInt(bytes.getShort()),
                bytes.getLong(),
                bytes.getLong(),
                Integer.toUnsignedLong(bytes.getInt()));
    }

    boolean isIn(ExportedDisk disk) {
        return offset >= 0 && offset <= disk.size() && length <= disk.size() - offset;
    }

    /// Whether it has no flags but these.
    boolean hasOnly(int allowed) {
        return (flags & ~allowed) == 0;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    long end() {
        return offset + length;
    }
}
