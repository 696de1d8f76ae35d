package io.diskvault.engine.nbd;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Does something when a time is up.
interface Alarms extends AutoCloseable {

    /// Something that is going to be done.
    @FunctionalInterface
    interface Alarm {
        void cancel();
    }

    /// @param action does not block
    Alarm in(Duration delay, Runnable action);

    /// What was not done yet is not done any more.
    @Override
    void close();

    static Alarms ofMachine() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("nbd-alarms").factory());
        // Else each connection would be kept in memory until its time would have been up.
        timer.setRemoveOnCancelPolicy(true);
        return new Alarms() {
            @Override
            public Alarm in(Duration delay, Runnable action) {
                ScheduledFuture<?> due = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> due.cancel(false);
            }

            @Override
            public void close() {
                timer.shutdownNow();
            }
        };
    }
}
