package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Answers requests to read, and where data is, of one connection. Thread-safe.
///
/// Content goes from the disk to the client piece by piece, so that a request takes little memory however long it is,
/// and all of a connection's requests together take no more than its limit.
final class Reads {

    private static final int PIECE_BYTES = NbdLimits.PIECE_BYTES;

    /// Clients ask again where an answer ends.
    private static final int DESCRIPTORS_MAX = 2048;

    private static final int DESCRIPTOR_BYTES = 2 * Integer.BYTES;

    private final Session session;
    private final ExportedDisk disk;
    private final Replies replies;
    private final Wire wire;
    private final Pieces pieces;

    /// Bytes that may still be taken for pieces.
    private final Semaphore memory;

    Reads(Session session, Replies replies, Wire wire, Pieces pieces, NbdLimits limits) {
        this.session = session;
        this.disk = session.export().disk();
        this.replies = replies;
        this.wire = wire;
        this.pieces = pieces;
        this.memory = new Semaphore(limits.bufferBytesMax(), true);
    }

    /// Answers a request to read a part of the disk.
    ///
    /// @throws ConnectionLostException when nothing can be said to the client any more
    void read(Request request) throws IOException, DatastoreException {
        if (request.length() == 0) {
            nothing(request);
        } else if (!session.structured()) {
            simple(request);
        } else if (request.has(Nbd.CMD_FLAG_DF)) {
            unfragmented(request);
        } else {
            inParts(request);
        }
    }

    private void nothing(Request request) throws ConnectionLostException {
        if (session.structured()) {
            replies.end(request);
        } else {
            replies.done(request);
        }
    }

    private void inParts(Request request) throws IOException, DatastoreException {
        long at = request.offset();
        while (at < request.end()) {
            Optional<Extent> data = disk.dataIn(at, request.end());
            long start = data.map(Extent::offset).orElse(request.end());
            if (start > at) {
                replies.hole(request, at, (int) (start - at), start == request.end());
            }
            at = start;
            long end = data.map(Extent::end).orElse(start);
            while (at < end) {
                long next = Math.min(end, at + PIECE_BYTES);
                piece(request, at, (int) (next - at));
                at = next;
            }
        }
    }

    private void piece(Request request, long offset, int length) throws IOException, DatastoreException {
        use(length, piece -> {
            disk.read(offset, piece);
            replies.data(request, offset, piece, offset + length == request.end());
        });
    }

    @FunctionalInterface
    private interface Use {
        void of(ByteBuffer piece) throws IOException, DatastoreException;
    }

    /// Uses a buffer as soon as there is memory for it.
    private void use(int length, Use use) throws IOException, DatastoreException {
        int bytes = Pieces.memoryOf(length);
        memory.acquireUninterruptibly(bytes);
        ByteBuffer piece = pieces.take(length);
        try {
            use.of(piece);
        } finally {
            pieces.giveBack(piece);
            memory.release(bytes);
        }
    }

    private void unfragmented(Request request) throws IOException, DatastoreException {
        if (request.length() > PIECE_BYTES) {
            replies.error(request, Nbd.EOVERFLOW, "At most " + PIECE_BYTES + " bytes are sent in one part.");
        } else if (disk.dataIn(request.offset(), request.end()).isEmpty()) {
            replies.hole(request, request.offset(), (int) request.length(), true);
        } else {
            piece(request, request.offset(), (int) request.length());
        }
    }

    /// For clients that know nothing of parts.
    private void simple(Request request) throws IOException, DatastoreException {
        int first = (int) Math.min(request.length(), PIECE_BYTES);
        // Before anybody else is kept from sending, and once: else two could wait for each other.
        use(first, piece -> {
            disk.read(request.offset(), piece);
            wire.together(() -> {
                replies.simpleData(request, piece);
                rest(request, request.offset() + first, piece);
            });
        });
    }

    private void rest(Request request, long from, ByteBuffer piece) throws IOException, DatastoreException {
        long at = from;
        while (at < request.end()) {
            int length = (int) Math.min(request.end() - at, PIECE_BYTES);
            piece.clear().limit(Replies.ROOM_BYTES + length).position(Replies.ROOM_BYTES);
            try {
                disk.read(at, piece);
            } catch (IOException | DatastoreException e) {
                // The client was promised content already. Nothing but the end tells it that there is none.
                wire.close();
                throw e;
            }
            replies.moreData(piece);
            at += length;
        }
    }

    /// Answers where data is.
    void blockStatus(Request request) throws IOException, DatastoreException {
        int most = request.has(Nbd.CMD_FLAG_REQ_ONE) ? 1 : DESCRIPTORS_MAX;
        // One more, since data and the hole before it are found together.
        ByteBuffer descriptors = ByteBuffer.allocate((most + 1) * DESCRIPTOR_BYTES);
        long at = request.offset();
        while (at < request.end() && descriptors.position() < most * DESCRIPTOR_BYTES) {
            Optional<Extent> data = disk.dataIn(at, request.end());
            long start = data.map(Extent::offset).orElse(request.end());
            if (start > at) {
                descriptors.putInt((int) (start - at)).putInt(Nbd.STATE_HOLE | Nbd.STATE_ZERO);
            }
            at = start;
            if (data.isPresent()) {
                descriptors.putInt((int) data.get().length()).putInt(0);
                at = data.get().end();
            }
        }
        descriptors.flip();
        replies.blockStatus(request, descriptors.limit(Math.min(descriptors.limit(), most * DESCRIPTOR_BYTES)));
    }
}
