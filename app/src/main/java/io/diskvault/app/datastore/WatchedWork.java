package io.diskvault.app.datastore;

import io.diskvault.app.console.ProgressLine;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.work.Stage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Draws the engine's progress, and on Ctrl-C lets it end in order: a restore then removes its unfinished file.
final class WatchedWork implements Watch, AutoCloseable {
    private final Terminal terminal;
    private ProgressLine line;
    private @Nullable Stage stage;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread onExit = new Thread(this::giveUp, "give-up");
    private volatile boolean cancelled;

    WatchedWork(Terminal terminal, String title) {
        this.terminal = terminal;
        line = new ProgressLine(terminal, title, System.nanoTime());
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    @Override
    public void progress(long doneBytes, long totalBytes) {
        line.show(doneBytes, totalBytes, System.nanoTime());
    }

    @Override
    public void progress(Stage reached, long doneBytes, long totalBytes) {
        if (reached != stage) {
            stage = reached;
            line.close();
            line = new ProgressLine(terminal, title(reached), System.nanoTime());
        }
        line.show(doneBytes, totalBytes, System.nanoTime());
    }

    @Override
    public void resumed() {
        line.close();
        terminal.note("Goes on from what a restore had written when it was cut off.");
    }

    private static String title(Stage stage) {
        return switch (stage) {
            case MARKING -> "Finding what is needed";
            case SWEEPING -> "Deleting what is not needed";
            case MERGING_INDEX -> "Merging the index";
        };
    }

    /// Progress that is not counted in bytes.
    void state(String state) {
        line.show(state);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    private void giveUp() {
        cancelled = true;
        try {
            ended.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        line.close();
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            // The process is ending, and was waiting for this.
        }
    }
}
