package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Answers what would change the disk, of one connection: one thread takes requests, many carry them out.
///
/// Content is taken from the client piece by piece, so that a request takes little memory however long it is. What
/// waits to be written has a limit of its own: if it shared that of the answers, a client that sends all of a request
/// before it takes any answer would wait for itself.
final class Writes {

    private static final int PIECE_BYTES = NbdLimits.PIECE_BYTES;

    private final Optional<WritableDisk> disk;
    private final Replies replies;
    private final Wire wire;
    private final ServedRequests requests;
    private final Pieces pieces;

    /// Bytes that may still be taken for pieces.
    private final Semaphore memory;

    Writes(Session session, Replies replies, Wire wire, ServedRequests requests, Pieces pieces, NbdLimits limits) {
        this.disk = session.export().disk() instanceof WritableDisk writable ? Optional.of(writable) : Optional.empty();
        this.replies = replies;
        this.wire = wire;
        this.requests = requests;
        this.pieces = pieces;
        this.memory = new Semaphore(limits.bufferBytesMax(), true);
    }

    /// Takes a request to write, and what comes with it.
    ///
    /// @return whether the connection goes on
    boolean write(Request request) throws ConnectionLostException {
        if (request.length() > Nbd.REQUEST_BYTES_MAX) {
            return false;
        }
        Optional<Refusal> refusal = refusal(request, Nbd.CMD_FLAG_FUA, Nbd.ENOSPC);
        if (refusal.isPresent()) {
            wire.skip(request.length());
            refusal.get().answer(request, replies);
            return true;
        }
        if (request.length() == 0) {
            replies.done(request);
            return true;
        }
        return takeContent(request, disk.orElseThrow());
    }

    private boolean takeContent(Request request, WritableDisk writable) throws ConnectionLostException {
        int count = (int) (Math.ceilDiv(request.end(), PIECE_BYTES) - request.offset() / PIECE_BYTES);
        UnderWay underWay = new UnderWay(request, writable, count);
        long at = request.offset();
        while (at < request.end()) {
            // Never across a multiple of this, so that no two pieces have a part of the same block.
            long next = Math.min(request.end(), (at / PIECE_BYTES + 1) * PIECE_BYTES);
            int length = (int) (next - at);
            int bytes = Pieces.memoryOf(length);
            memory.acquireUninterruptibly(bytes);
            ByteBuffer piece = pieces.take(length);
            wire.receive(piece);
            long offset = at;
            boolean started = requests.start(() -> {
                try {
                    underWay.write(offset, piece.position(Replies.ROOM_BYTES));
                } finally {
                    pieces.giveBack(piece);
                    memory.release(bytes);
                }
            });
            if (!started) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /// One request to write, until all its pieces are written.
    private final class UnderWay {

        private final Request request;
        private final WritableDisk writable;
        private final AtomicInteger left;
        private final AtomicReference<Optional<ServedRequests.Failure>> failure =
                new AtomicReference<>(Optional.empty());

        private UnderWay(Request request, WritableDisk writable, int pieces) {
            this.request = request;
            this.writable = writable;
            this.left = new AtomicInteger(pieces);
        }

        void write(long offset, ByteBuffer piece) throws ConnectionLostException {
            if (failure.get().isEmpty()) {
                requests.attempt(() -> writable.write(offset, piece))
                        .ifPresent(found -> failure.set(Optional.of(found)));
            }
            if (left.decrementAndGet() == 0) {
                end(request, writable, failure.get());
            }
        }
    }

    private void end(Request request, WritableDisk writable, Optional<ServedRequests.Failure> failure)
            throws ConnectionLostException {
        Optional<ServedRequests.Failure> found = failure;
        if (found.isEmpty() && request.has(Nbd.CMD_FLAG_FUA)) {
            found = requests.attempt(writable::flush);
        }
        answer(request, found);
    }

    private void answer(Request request, Optional<ServedRequests.Failure> failure) throws ConnectionLostException {
        if (failure.isPresent()) {
            failure.get().answer(request, replies);
        } else {
            replies.done(request);
        }
    }

    /// Takes a request to make a range read as zeros, or to forget it.
    ///
    /// @return whether the connection goes on
    boolean clear(Request request) throws ConnectionLostException {
        boolean trim = request.type() == Nbd.CMD_TRIM;
        int allowed = trim ? Nbd.CMD_FLAG_FUA : Nbd.CMD_FLAG_FUA | Nbd.CMD_FLAG_NO_HOLE;
        Optional<Refusal> refusal = refusal(request, allowed, trim ? Nbd.EINVAL : Nbd.ENOSPC);
        if (refusal.isPresent()) {
            refusal.get().answer(request, replies);
            return true;
        }
        WritableDisk writable = disk.orElseThrow();
        return requests.start(() -> end(request, writable, requests.attempt(() -> {
            if (trim) {
                writable.trim(request.offset(), request.length());
            } else {
                writable.clear(request.offset(), request.length(), request.has(Nbd.CMD_FLAG_NO_HOLE));
            }
        })));
    }

    /// Takes a request to make everything durable that was answered before.
    ///
    /// @return whether the connection goes on
    boolean flush(Request request) throws ConnectionLostException {
        if (disk.isEmpty()) {
            replies.done(request);
            return true;
        }
        WritableDisk writable = disk.get();
        return requests.start(() -> answer(request, requests.attempt(writable::flush)));
    }

    private record Refusal(int error, String message) {

        void answer(Request request, Replies replies) throws ConnectionLostException {
            replies.error(request, error, message);
        }
    }

    private Optional<Refusal> refusal(Request request, int allowed, int beyond) {
        if (disk.isEmpty()) {
            return Optional.of(new Refusal(Nbd.EPERM, "This disk is read-only."));
        }
        if (!request.hasOnly(allowed)) {
            return Optional.of(new Refusal(Nbd.EINVAL, "The request is not valid."));
        }
        if (!request.isIn(disk.get())) {
            return Optional.of(new Refusal(beyond, "The request goes beyond the end of the disk."));
        }
        return Optional.empty();
    }
}
