package io.diskvault.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Has uses of something recorded, and remembers those of late, so that one that is repeated again and again does not
/// ask the history each time. What is forgotten here is recorded once too often at worst. Thread-safe.
public final class RecentUses<K> {
    private static final int REMEMBERED_MAX = 10_000;

    private final Duration resolution;
    private final Map<K, Instant> recorded = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /// @param resolution within this time the same use is not recorded again
    public RecentUses(Duration resolution) {
        this.resolution = resolution;
    }

    /// @param recording is run if it is time; when it fails, nothing is remembered
    public void record(K use, Instant now, Runnable recording) {
        if (isDue(use, now)) {
            recording.run();
            remember(use, now);
        }
    }

    private synchronized boolean isDue(K use, Instant now) {
        Instant last = recorded.get(use);
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(resolution));
    }

    private synchronized void remember(K use, Instant now) {
        recorded.remove(use);
        recorded.put(use, now);
    }
}
