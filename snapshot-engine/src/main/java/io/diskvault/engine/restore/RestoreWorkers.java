package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Lends workers to any number of threads, a bounded number at a time, and keeps them for the next ones.
final class RestoreWorkers implements AutoCloseable {

    /// What is done with a worker.
    @FunctionalInterface
    interface Use<R> {
        R with(RestoreWorker worker) throws IOException, DatastoreException;
    }

    private final Supplier<RestoreWorker> factory;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<RestoreWorker> idle = new ConcurrentLinkedDeque<>();

    /// @param most how many workers there may be; whoever comes then waits
    RestoreWorkers(Supplier<RestoreWorker> factory, int most) {
        this.factory = factory;
        this.free = new Semaphore(most);
    }

    <R> R use(Use<R> use) throws IOException, DatastoreException {
        free.acquireUninterruptibly();
        try {
            RestoreWorker known = idle.pollFirst();
            RestoreWorker worker = known == null ? factory.get() : known;
            boolean sound = false;
            try {
                R result = use.with(worker);
                sound = true;
                return result;
            } catch (DatastoreException e) {
                sound = true;
                throw e;
            } finally {
                // After anything else its open files may be of no use any more: an interrupted read closes them.
                if (sound) {
                    idle.addFirst(worker);
                } else {
                    worker.close();
                }
            }
        } finally {
            free.release();
        }
    }

    /// To be called when nobody uses a worker any more.
    @Override
    public void close() throws IOException {
        for (RestoreWorker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
            worker.close();
        }
    }
}
