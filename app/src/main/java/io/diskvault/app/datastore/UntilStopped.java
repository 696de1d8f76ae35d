package io.diskvault.app.datastore;

import java.util.concurrent.CountDownLatch;

/// Waits until the process is asked to end, by Ctrl-C or SIGTERM, and keeps it alive until everything was closed in
/// order. The exit status is then the usual 128 + signal.
final class UntilStopped implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread onExit = new Thread(this::stop, "stop");

    UntilStopped() {
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    private void stop() {
        asked.countDown();
        awaitAlways(ended);
    }

    void await() {
        awaitAlways(asked);
    }

    /// Only what it waits for ends this wait.
    private static void awaitAlways(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException _) {
                // Nobody stops a command like that.
            }
        }
    }

    /// To be closed last.
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            // The process is ending, and was waiting for this.
        }
    }
}
