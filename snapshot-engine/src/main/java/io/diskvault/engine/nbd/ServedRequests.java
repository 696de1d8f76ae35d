package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.posix.SystemErrors;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what one connection asked for, beside each other and a bounded number at a time, and knows what to do when
/// that fails. Thread-safe.
final class ServedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ServedRequests.class);

    /// What is done for a client, its answer included.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, DatastoreException;
    }

    private final Wire wire;
    private final String what;
    private final Executor executor;
    private final int most;
    private final Semaphore free;
    private volatile boolean failed;
    private volatile boolean damageTold;

    /// @param what is read and written, for the log
    /// @param executor runs requests beside each other
    /// @param most how many may be under way
    ServedRequests(Wire wire, String what, Executor executor, int most) {
        this.wire = wire;
        this.what = what;
        this.executor = executor;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /// Whether the connection was given up.
    boolean failed() {
        return failed;
    }

    /// Waits for room, and starts something. Whatever ends it but its own end gives the connection up.
    ///
    /// @return `false` when the server is being closed
    boolean start(Work work) {
        free.acquireUninterruptibly();
        try {
            executor.execute(() -> {
                try {
                    run(work);
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            free.release();
            return false;
        }
    }

    /// Does something now. Whatever ends it but its own end gives the connection up.
    void run(Work work) {
        boolean answered = false;
        try {
            work.run();
            answered = true;
        } catch (IOException | DatastoreException e) {
            LOG.debug("An answer could not be sent: {}", e.getMessage());
        } finally {
            if (!answered) {
                failed = true;
                wire.close();
            }
        }
    }

    /// Waits until everything that was started has ended.
    void finish() {
        free.acquireUninterruptibly(most);
    }

    /// Does something with the disk, and tells the log why it could not be done.
    ///
    /// @return the error that the client is to be told
    Optional<Failure> attempt(Work work) throws ConnectionLostException {
        try {
            work.run();
            return Optional.empty();
        } catch (ConnectionLostException e) {
            throw e;
        } catch (IOException e) {
            tell(e);
            return Optional.of(SystemErrors.isNoSpace(e) ? Failure.NO_SPACE : Failure.OF_STORAGE);
        } catch (DatastoreException e) {
            tell(e);
            return Optional.of(Failure.OF_STORAGE);
        }
    }

    /// What a client is told of a failure. Of the datastore it learns nothing.
    enum Failure {
        OF_STORAGE(Nbd.EIO, "This part of the disk cannot be reached; the server's log says why."),
        NO_SPACE(Nbd.ENOSPC, "There is no room for what is written to this disk.");

        private final int error;
        private final String message;

        Failure(int error, String message) {
            this.error = error;
            this.message = message;
        }

        void answer(Request request, Replies replies) throws ConnectionLostException {
            replies.error(request, error, message);
        }
    }

    /// Once for each connection: a client may try again for hours.
    private void tell(Exception failure) {
        if (damageTold) {
            LOG.debug("{} cannot be read or written: {}", what, failure.getMessage());
        } else {
            damageTold = true;
            LOG.warn("A client cannot read or write a part of {}: {}", what, failure.getMessage());
        }
    }
}
