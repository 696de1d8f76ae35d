package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;

/// The requests of one connection after its handshake. Runs once.
final class Transmission {

    /// What takes no longer than a chunk of the usual size.
    private static final int AT_ONCE_BYTES_MAX = 64 << 10;

    private final Wire wire;
    private final Session session;
    private final ServedRequests requests;
    private final Replies replies;
    private final Reads reads;
    private final Writes writes;

    /// @param executor runs requests beside each other
    Transmission(Wire wire, Session session, NbdLimits limits, Pieces pieces, Executor executor) {
        this.wire = wire;
        this.session = session;
        this.requests = new ServedRequests(wire, session.export().description(), executor, limits.requestsMax());
        this.replies = new Replies(wire, session.structured());
        this.reads = new Reads(session, replies, wire, pieces, limits);
        this.writes = new Writes(session, replies, wire, requests, pieces, limits);
    }

    /// Takes requests until the client ends the connection, or breaks the rules.
    void run() throws ConnectionLostException {
        boolean more = true;
        while (more && !requests.failed()) {
            ByteBuffer bytes = wire.receive(Request.BYTES);
            more = bytes.getInt() == Nbd.REQUEST_MAGIC && take(Request.of(bytes));
        }
    }

    /// Waits until all requests that were taken have been answered.
    void finish() {
        requests.finish();
    }

    /// Answers whether the connection goes on.
    private boolean take(Request request) throws ConnectionLostException {
        return switch (request.type()) {
            case Nbd.CMD_READ, Nbd.CMD_BLOCK_STATUS -> answerSoon(request);
            case Nbd.CMD_WRITE -> writes.write(request);
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> writes.clear(request);
            case Nbd.CMD_FLUSH -> writes.flush(request);
            case Nbd.CMD_DISC -> false;
            case Nbd.CMD_CACHE -> {
                // What is asked for is read ahead soon enough.
                replies.done(request);
                yield true;
            }
            default -> {
                replies.error(request, Nbd.EINVAL, "There is no command " + request.type() + ".");
                yield true;
            }
        };
    }

    /// On this thread when that is short and nobody waits for it: a client that has one request under way at a time is
    /// answered sooner without another thread.
    private boolean answerSoon(Request request) {
        if (request.length() > AT_ONCE_BYTES_MAX || wire.hasMore()) {
            return requests.start(() -> answer(request));
        }
        requests.run(() -> answer(request));
        return true;
    }

    private void answer(Request request) throws ConnectionLostException {
        if (!isValid(request)) {
            replies.error(request, Nbd.EINVAL, "The request is not valid.");
            return;
        }
        Optional<ServedRequests.Failure> failure = requests.attempt(() -> {
            if (request.type() == Nbd.CMD_READ) {
                reads.read(request);
            } else {
                reads.blockStatus(request);
            }
        });
        if (failure.isPresent()) {
            failure.get().answer(request, replies);
        }
    }

    private boolean isValid(Request request) {
        boolean read = request.type() == Nbd.CMD_READ;
        // Who was told that there is this flag may give it with everything.
        int always = session.export().disk() instanceof WritableDisk ? Nbd.CMD_FLAG_FUA : 0;
        int allowedInReads = session.structured() ? Nbd.CMD_FLAG_DF : 0;
        boolean possible = read
                ? request.length() <= Nbd.REQUEST_BYTES_MAX
                : session.blockStatus() && session.structured() && request.length() > 0;
        return possible
                && request.hasOnly(always | (read ? allowedInReads : Nbd.CMD_FLAG_REQ_ONE))
                && request.isIn(session.export().disk());
    }
}
