package io.diskvault.engine.nbd;

import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a client asks for after the handshake, one request at a time, and the answers to it. For one thread.
///
/// Answers are taken as if the server wanted to do harm: what it says must be about what was asked, all of it, and
/// not more. The parts of an answer must come in the order of the disk, which the protocol does not ask for;
/// qemu-nbd and this package's own server send them so.
final class Requests {

    private static final int SIMPLE_REPLY_BYTES = 16;
    private static final int CHUNK_BYTES = 20;
    private static final int HOLE_BYTES = Long.BYTES + Integer.BYTES;
    private static final int DESCRIPTOR_BYTES = 2 * Integer.BYTES;

    /// What qemu-nbd sends at most.
    private static final int STATUS_BYTES_MAX = Integer.BYTES + (1 << 20);

    private static final int ERROR_BYTES_MAX = 8 << 10;

    /// @param last whether nothing else comes
    private record Chunk(boolean last, int type, int length) {
        boolean isError() {
            return (type & Nbd.REPLY_FLAG_ERROR) != 0;
        }
    }

    /// Where data is in a part of the disk.
    ///
    /// @param to what follows was not said
    record Allocation(long from, long to, List<Extent> data) {}

    private final Wire wire;
    private final Agreement agreement;
    private long cookie;

    Requests(Wire wire, Agreement agreement) {
        this.wire = wire;
        this.agreement = agreement;
    }

    /// Fills the rest of a buffer, at most [Nbd#REQUEST_BYTES_MAX].
    void read(ByteBuffer into, long offset) throws IOException {
        int start = into.position();
        send(Nbd.CMD_READ, offset, into.remaining());
        ServerError error = null;
        for (boolean more = true; more; ) {
            Chunk chunk = chunk();
            long expected = offset + into.position() - start;
            if (chunk.isError()) {
                error = error(chunk);
            } else {
                take(chunk, expected, into);
            }
            more = !chunk.last();
        }
        if (error != null) {
            throw error;
        }
        require(!into.hasRemaining(), "has left a part of the disk out");
    }

    private void take(Chunk chunk, long expected, ByteBuffer into) throws IOException {
        switch (chunk.type()) {
            case Nbd.REPLY_NONE -> require(chunk.length() == 0 && chunk.last(), "has sent a part that says nothing");
            case Nbd.REPLY_OFFSET_DATA -> {
                int length = chunk.length() - Long.BYTES;
                require(length > 0 && length <= into.remaining(), "has sent a part that was not asked for");
                require(wire.receive(Long.BYTES).getLong() == expected, "has sent a part that was not asked for");
                wire.receive(into.slice(into.position(), length));
                into.position(into.position() + length);
            }
            case Nbd.REPLY_OFFSET_HOLE -> {
                require(chunk.length() == HOLE_BYTES, "has sent a hole that cannot be read");
                ByteBuffer hole = wire.receive(HOLE_BYTES);
                require(hole.getLong() == expected, "has sent a part that was not asked for");
                int length = hole.getInt();
                require(length > 0 && length <= into.remaining(), "has sent a part that was not asked for");
                zeros(into, length);
            }
            default -> throw broken("has sent a part of an unknown kind");
        }
    }

    private static void zeros(ByteBuffer into, int length) {
        int end = into.position() + length;
        while (into.position() + Long.BYTES <= end) {
            into.putLong(0);
        }
        while (into.position() < end) {
            into.put((byte) 0);
        }
    }

    /// Where data is, from an offset to the end of a range or a part of it.
    Allocation allocation(long offset, int length) throws IOException {
        int context = agreement.allocation().orElseThrow();
        send(Nbd.CMD_BLOCK_STATUS, offset, length);
        Allocation allocation = null;
        ServerError error = null;
        for (boolean more = true; more; ) {
            Chunk chunk = chunk();
            if (chunk.isError()) {
                error = error(chunk);
            } else if (chunk.type() == Nbd.REPLY_BLOCK_STATUS) {
                require(allocation == null, "has said twice where data is");
                allocation = allocation(chunk, context, offset, length);
            } else {
                require(chunk.type() == Nbd.REPLY_NONE && chunk.length() == 0, "has sent what was not asked for");
            }
            more = !chunk.last();
        }
        if (error != null) {
            throw error;
        }
        if (allocation == null) {
            throw broken("does not say where data is");
        }
        return allocation;
    }

    private Allocation allocation(Chunk chunk, int context, long offset, int length) throws IOException {
        int bytes = chunk.length() - Integer.BYTES;
        require(
                bytes >= DESCRIPTOR_BYTES && bytes % DESCRIPTOR_BYTES == 0 && chunk.length() <= STATUS_BYTES_MAX,
                "has said where data is in a way that cannot be read");
        require(wire.receive(Integer.BYTES).getInt() == context, "has said something else than where data is");
        ByteBuffer descriptors = ByteBuffer.wrap(wire.receiveArray(bytes));
        List<Extent> data = new ArrayList<>();
        long at = offset;
        while (descriptors.hasRemaining()) {
            long stretch = Integer.toUnsignedLong(descriptors.getInt());
            boolean zeros = (descriptors.getInt() & Nbd.STATE_ZERO) != 0;
            require(stretch > 0 && at < offset + length, "has said where data is in a way that cannot be read");
            // The last one may go on beyond what was asked for.
            long end = Math.min(at + stretch, offset + length);
            if (!zeros) {
                boolean goesOn = !data.isEmpty() && data.getLast().end() == at;
                long start = goesOn ? data.removeLast().offset() : at;
                data.add(new Extent(start, end - start));
            }
            at = end;
        }
        return new Allocation(offset, at, List.copyOf(data));
    }

    /// Writes all remaining bytes of a buffer, at most [Nbd#REQUEST_BYTES_MAX].
    void write(ByteBuffer bytes, long offset) throws IOException {
        send(Nbd.CMD_WRITE, offset, bytes.remaining());
        wire.send(bytes);
        done();
    }

    /// Makes durable what was written.
    void flush() throws IOException {
        send(Nbd.CMD_FLUSH, 0, 0);
        done();
    }

    /// Says that this was all.
    void disconnect() throws ConnectionLostException {
        send(Nbd.CMD_DISC, 0, 0);
    }

    private void send(int command, long offset, int length) throws ConnectionLostException {
        cookie++;
        wire.send(ByteBuffer.allocate(Request.BYTES)
                .putInt(Nbd.REQUEST_MAGIC)
                .putShort((short) 0)
                .putShort((short) command)
                .putLong(cookie)
                .putLong(offset)
                .putInt(length)
                .flip());
    }

    /// Takes the answer to a request that asks for nothing; servers give it in one form or the other.
    private void done() throws IOException {
        int magic = wire.receive(Integer.BYTES).getInt();
        if (magic == Nbd.STRUCTURED_REPLY_MAGIC) {
            Chunk chunk = chunkAfterMagic();
            if (chunk.isError()) {
                throw error(chunk);
            }
            require(chunk.last() && chunk.type() == Nbd.REPLY_NONE && chunk.length() == 0, "has sent too much");
            return;
        }
        require(magic == Nbd.SIMPLE_REPLY_MAGIC, "has sent something else than an answer");
        ByteBuffer reply = wire.receive(SIMPLE_REPLY_BYTES - Integer.BYTES);
        int error = reply.getInt();
        require(reply.getLong() == cookie, "has answered something that was not asked");
        if (error != 0) {
            throw new ServerError(error, "");
        }
    }

    private Chunk chunk() throws IOException {
        require(
                wire.receive(Integer.BYTES).getInt() == Nbd.STRUCTURED_REPLY_MAGIC,
                "has sent something else than an answer");
        return chunkAfterMagic();
    }

    private Chunk chunkAfterMagic() throws IOException {
        ByteBuffer header = wire.receive(CHUNK_BYTES - Integer.BYTES);
        int flags = header.getShort();
        int type = Short.toUnsignedInt(header.getShort());
        require(header.getLong() == cookie, "has answered something that was not asked");
        int length = header.getInt();
        require(length >= 0, "has sent too much");
        return new Chunk((flags & Nbd.REPLY_FLAG_DONE) != 0, type, length);
    }

    private ServerError error(Chunk chunk) throws IOException {
        int least = Integer.BYTES + Short.BYTES;
        require(
                chunk.length() >= least && chunk.length() <= ERROR_BYTES_MAX,
                "has named an error in a way that cannot be read");
        byte[] content = wire.receiveArray(chunk.length());
        ByteBuffer fields = ByteBuffer.wrap(content);
        int error = fields.getInt();
        int length = Math.min(Short.toUnsignedInt(fields.getShort()), fields.remaining());
        return new ServerError(error, new String(content, least, length, StandardCharsets.UTF_8));
    }

    private static void require(boolean condition, String otherwise) throws ProtocolException {
        if (!condition) {
            throw broken(otherwise);
        }
    }

    private static ProtocolException broken(String how) {
        return new ProtocolException("The NBD server has broken the rules: it " + how + ".");
    }
}
