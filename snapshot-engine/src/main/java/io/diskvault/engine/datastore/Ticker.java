package io.diskvault.engine.datastore;

import io.diskvault.engine.work.Stage;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Tells a watch about progress, only when there is some, and asks it whether to go on.
final class Ticker {

    private final Watch watch;
    private final String what;
    private final long totalBytes;
    private long reportedBytes = -1;
    private @Nullable Stage stage;

    Ticker(Watch watch, String what, long totalBytes) {
        this.watch = watch;
        this.what = what;
        this.totalBytes = totalBytes;
    }

    void tick(long doneBytes) {
        // A disk that is being written to can turn out to hold more data than it did at first.
        long done = Math.min(doneBytes, totalBytes);
        if (done > reportedBytes) {
            reportedBytes = done;
            watch.progress(done, totalBytes);
        }
        look();
    }

    /// Asks only whether to go on.
    void look() {
        if (watch.cancelled()) {
            throw new CancellationException(what + " was cancelled.");
        }
    }

    void tick(Stage reached, long doneBytes, long stageBytes) {
        if (reached != stage || doneBytes != reportedBytes) {
            stage = reached;
            reportedBytes = doneBytes;
            watch.progress(reached, doneBytes, stageBytes);
        }
        look();
    }
}
