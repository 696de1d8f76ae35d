package io.diskvault.app.server;

import io.diskvault.app.console.Terminal;
import java.util.concurrent.CountDownLatch;

/// Stops the server when the process is asked to end: Ctrl-C, SIGTERM. The exit status is then the usual 128 + signal.
public final class StopOnSignal {
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean stopping;

    public StopOnSignal(RunningServer server, Terminal terminal) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping = true;
                            terminal.note("Stopping.");
                            server.close();
                            terminal.note("Stopped.");
                        },
                        "stop"));
    }

    /// Whether the end has begun: what fails from now on fails because of it.
    public boolean stopping() {
        return stopping;
    }

    /// Keeps the calling thread until the process ends.
    public void await() {
        while (true) {
            try {
                never.await();
            } catch (InterruptedException _) {
                // Only the end of the process ends this wait.
            }
        }
    }
}
