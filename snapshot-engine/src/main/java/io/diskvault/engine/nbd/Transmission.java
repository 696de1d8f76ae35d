package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests of one connection after its handshake. Runs once.
final class Transmission {

    private static final Logger LOG = LoggerFactory.getLogger(Transmission.class);

    private final Wire wire;
    private final Session session;
    private final Executor executor;
    private final int requestsMax;
    private final Semaphore free;
    private final Replies replies;
    private final Reads reads;
    private volatile boolean failed;
    private volatile boolean damageTold;

    /// @param executor runs requests beside each other
    Transmission(Wire wire, Session session, NbdLimits limits, Executor executor) {
        this.wire = wire;
        this.session = session;
        this.executor = executor;
        this.requestsMax = limits.requestsMax();
        this.free = new Semaphore(requestsMax);
        this.replies = new Replies(wire, session.structured());
        this.reads = new Reads(session, replies, wire, limits);
    }

    /// Takes requests until the client ends the connection, or breaks the rules.
    void run() throws ConnectionLostException {
        boolean more = true;
        while (more && !failed) {
            ByteBuffer bytes = wire.receive(Request.BYTES);
            more = bytes.getInt() == Nbd.REQUEST_MAGIC && take(Request.of(bytes));
        }
    }

    /// Waits until all requests that were taken have been answered.
    void finish() {
        free.acquireUninterruptibly(requestsMax);
    }

    /// Answers whether the connection goes on.
    private boolean take(Request request) throws ConnectionLostException {
        switch (request.type()) {
            case Nbd.CMD_READ, Nbd.CMD_BLOCK_STATUS -> {
                return start(request);
            }
            case Nbd.CMD_WRITE -> {
                if (request.length() > Nbd.REQUEST_BYTES_MAX) {
                    return false;
                }
                wire.skip(request.length());
                refuseToWrite(request);
            }
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> refuseToWrite(request);
            // There is never anything to flush, and what is asked for is read ahead soon enough.
            case Nbd.CMD_FLUSH, Nbd.CMD_CACHE -> replies.done(request);
            case Nbd.CMD_DISC -> {
                return false;
            }
            default -> replies.error(request, Nbd.EINVAL, "There is no command " + request.type() + ".");
        }
        return true;
    }

    private void refuseToWrite(Request request) throws ConnectionLostException {
        replies.error(request, Nbd.EPERM, "This disk is read-only.");
    }

    private boolean start(Request request) {
        free.acquireUninterruptibly();
        try {
            executor.execute(() -> {
                try {
                    answer(request);
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            // The server is being closed.
            free.release();
            return false;
        }
    }

    private void answer(Request request) {
        boolean answered = false;
        try {
            answered = tryTo(request);
        } catch (ConnectionLostException e) {
            LOG.debug("An answer could not be sent: {}", e.getMessage());
        } finally {
            if (!answered) {
                failed = true;
                wire.close();
            }
        }
    }

    private boolean tryTo(Request request) throws ConnectionLostException {
        boolean read = request.type() == Nbd.CMD_READ;
        try {
            if (!isValid(request)) {
                replies.error(request, Nbd.EINVAL, "The request is not valid.");
            } else if (read) {
                reads.read(request);
            } else {
                reads.blockStatus(request);
            }
            return true;
        } catch (ConnectionLostException e) {
            throw e;
        } catch (IOException | DatastoreException e) {
            tell(e);
            replies.error(request, Nbd.EIO, "This part of the disk cannot be read; the server's log says why.");
            return true;
        }
    }

    private boolean isValid(Request request) {
        boolean read = request.type() == Nbd.CMD_READ;
        int allowedInReads = session.structured() ? Nbd.CMD_FLAG_DF : 0;
        int allowed = read ? allowedInReads : Nbd.CMD_FLAG_REQ_ONE;
        boolean possible = read
                ? request.length() <= Nbd.REQUEST_BYTES_MAX
                : session.blockStatus() && session.structured() && request.length() > 0;
        return possible
                && (request.flags() & ~allowed) == 0
                && request.isIn(session.export().disk());
    }

    /// Once for each connection: a client may try again for hours.
    private void tell(Exception failure) {
        String what = session.export().description();
        if (damageTold) {
            LOG.debug("{} cannot be read: {}", what, failure.getMessage());
        } else {
            damageTold = true;
            LOG.warn("A client cannot read a part of {}: {}", what, failure.getMessage());
        }
    }
}
