package io.diskvault.engine.datastore;

import java.util.concurrent.CancellationException;

/// Tells a watch about progress, only when there is some, and asks it whether to go on.
final class Ticker {

    private final Watch watch;
    private final String what;
    private final long totalBytes;
    private long reportedBytes = -1;

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
        if (watch.cancelled()) {
            throw new CancellationException(what + " was cancelled.");
        }
    }
}
