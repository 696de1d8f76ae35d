package io.diskvault.app.client;

import io.diskvault.app.console.Terminal;

/// Says on Ctrl-C that the job goes on: people who stop watching should not believe that they stopped the backup.
public final class WaitingNotice implements AutoCloseable {
    private final Thread onExit;

    public WaitingNotice(Terminal terminal, String jobId) {
        onExit = Thread.ofPlatform()
                .unstarted(() -> terminal.note(System.lineSeparator() + "The job goes on in the server. Watch it with:"
                        + " diskvault job wait " + jobId + ", stop it with: diskvault job cancel " + jobId));
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            // The process is ending, and the notice is being shown.
        }
    }
}
