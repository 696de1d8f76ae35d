package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Sends the answers of one connection. Thread-safe.
final class Replies {

    private static final int SIMPLE_HEADER_BYTES = 16;
    private static final int CHUNK_HEADER_BYTES = 20;

    /// How much room there must be before data, so that data and what says what it is are one message.
    static final int ROOM_BYTES = CHUNK_HEADER_BYTES + Long.BYTES;

    private final Wire wire;
    private final boolean structured;

    Replies(Wire wire, boolean structured) {
        this.wire = wire;
        this.structured = structured;
    }

    /// It was done, and there is nothing to say.
    void done(Request request) throws ConnectionLostException {
        wire.send(simple(ByteBuffer.allocate(SIMPLE_HEADER_BYTES), request, 0).flip());
    }

    /// It was done, and all of it was said.
    void end(Request request) throws ConnectionLostException {
        wire.send(chunk(ByteBuffer.allocate(CHUNK_HEADER_BYTES), request, true, Nbd.REPLY_NONE, 0)
                .flip());
    }

    /// It was not done.
    ///
    /// @param message is for people, and short
    void error(Request request, int error, String message) throws ConnectionLostException {
        if (!structured) {
            wire.send(simple(ByteBuffer.allocate(SIMPLE_HEADER_BYTES), request, error)
                    .flip());
            return;
        }
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = Integer.BYTES + Short.BYTES + text.length;
        wire.send(chunk(ByteBuffer.allocate(CHUNK_HEADER_BYTES + length), request, true, Nbd.REPLY_ERROR, length)
                .putInt(error)
                .putShort((short) text.length)
                .put(text)
                .flip());
    }

    /// A part of a disk that reads as zeros.
    ///
    /// @param last whether nothing else comes
    void hole(Request request, long offset, int length, boolean last) throws ConnectionLostException {
        int bytes = Long.BYTES + Integer.BYTES;
        wire.send(chunk(ByteBuffer.allocate(CHUNK_HEADER_BYTES + bytes), request, last, Nbd.REPLY_OFFSET_HOLE, bytes)
                .putLong(offset)
                .putInt(length)
                .flip());
    }

    /// A part of a disk.
    ///
    /// @param piece the content, with [#ROOM_BYTES] of room before it
    /// @param last whether nothing else comes
    void data(Request request, long offset, ByteBuffer piece, boolean last) throws ConnectionLostException {
        int length = Long.BYTES + piece.limit() - ROOM_BYTES;
        chunk(piece.position(0), request, last, Nbd.REPLY_OFFSET_DATA, length).putLong(offset);
        wire.send(piece.position(0));
    }

    /// The whole answer to a request to read, or its beginning, in the simple way.
    ///
    /// @param piece the content, with [#ROOM_BYTES] of room before it
    void simpleData(Request request, ByteBuffer piece) throws ConnectionLostException {
        int start = ROOM_BYTES - SIMPLE_HEADER_BYTES;
        simple(piece.position(start), request, 0);
        wire.send(piece.position(start));
    }

    /// More content after the beginning.
    void moreData(ByteBuffer piece) throws ConnectionLostException {
        wire.send(piece.position(ROOM_BYTES));
    }

    /// Where data is and where holes are.
    ///
    /// @param descriptors pairs of length and state
    void blockStatus(Request request, ByteBuffer descriptors) throws ConnectionLostException {
        int length = Integer.BYTES + descriptors.remaining();
        wire.send(chunk(ByteBuffer.allocate(CHUNK_HEADER_BYTES + length), request, true, Nbd.REPLY_BLOCK_STATUS, length)
                .putInt(Nbd.BASE_ALLOCATION_ID)
                .put(descriptors)
                .flip());
    }

    private static ByteBuffer simple(ByteBuffer into, Request request, int error) {
        return into.putInt(Nbd.SIMPLE_REPLY_MAGIC).putInt(error).putLong(request.cookie());
    }

    private static ByteBuffer chunk(ByteBuffer into, Request request, boolean last, int type, int length) {
        return into.putInt(Nbd.STRUCTURED_REPLY_MAGIC)
                .putShort((short) (last ? Nbd.REPLY_FLAG_DONE : 0))
                .putShort((short) type)
                .putLong(request.cookie())
                .putInt(length);
    }
}
