package io.diskvault.engine.work;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Runs steps on a fixed number of workers and hands their results to the owner in the order of submission.
///
/// The number of steps under way is bounded, so memory is too. The first failure ends everything: it is thrown to the
/// owner, who closes the pipeline, and then no step runs any more.
///
/// @param <C> what each worker has of its own
/// @param <R> what a step gives
public final class Pipeline<C extends AutoCloseable, R> implements AutoCloseable {

    /// How many steps wait for each worker, so that none is idle while the owner is busy.
    private static final int STEPS_PER_WORKER = 3;

    /// How often the owner looks up while it waits.
    private static final long TICK_MILLIS = 100;

    /// One piece of work. Long ones ask now and then whether they should go on.
    @FunctionalInterface
    public interface Step<C, R> {
        R run(C context) throws IOException, DatastoreException;
    }

    @FunctionalInterface
    public interface Results<R> {
        void accept(R result) throws IOException, DatastoreException;
    }

    private final int workers;
    private final Supplier<C> contexts;
    private final Results<R> results;
    private final Runnable tick;
    private final ExecutorService executor;
    private final ConcurrentLinkedDeque<C> idle = new ConcurrentLinkedDeque<>();
    private final Deque<Future<R>> underWay = new ArrayDeque<>();
    private volatile boolean stopping;

    /// @param tick called by the owner all the time, to report progress and to cancel by an exception
    public Pipeline(String name, int workers, Supplier<C> contexts, Results<R> results, Runnable tick) {
        this.workers = workers;
        this.contexts = contexts;
        this.results = results;
        this.tick = tick;
        this.executor = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    }

    /// Whether steps should end early, since nobody wants their results any more.
    public boolean stopping() {
        return stopping;
    }

    /// Submits a step, and takes results while too many are under way.
    public void submit(Step<C, R> step) throws IOException, DatastoreException {
        tick.run();
        while (underWay.size() >= workers * STEPS_PER_WORKER) {
            takeOldest();
        }
        underWay.add(executor.submit(() -> run(step)));
    }

    /// Takes all results that are still to come.
    public void finish() throws IOException, DatastoreException {
        while (!underWay.isEmpty()) {
            takeOldest();
        }
    }

    private R run(Step<C, R> step) throws IOException, DatastoreException {
        if (stopping) {
            throw new CancellationException("Not started any more.");
        }
        C known = idle.pollFirst();
        C context = known == null ? contexts.get() : known;
        try {
            return step.run(context);
        } finally {
            idle.addFirst(context);
        }
    }

    private void takeOldest() throws IOException, DatastoreException {
        Future<R> oldest = underWay.element();
        do {
            tick.run();
        } while (!endsWithinATick(oldest));
        underWay.remove();
        results.accept(oldest.resultNow());
    }

    private static boolean endsWithinATick(Future<?> step) throws IOException, DatastoreException {
        try {
            step.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("The thread was interrupted.").initCause(e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static IllegalStateException rethrown(ExecutionException failure) throws IOException, DatastoreException {
        switch (failure.getCause()) {
            case IOException io -> throw io;
            case DatastoreException datastore -> throw datastore;
            case RuntimeException ours -> throw ours;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException("A step failed in an unforeseen way.", failure);
        }
    }

    /// Stops what is left and waits for the steps that run.
    @Override
    public void close() throws IOException {
        stopping = true;
        underWay.forEach(step -> step.cancel(false));
        executor.close();
        for (C context : idle) {
            try {
                context.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("A worker's context could not be closed.", e);
            }
        }
    }
}
