package io.diskvault.stream;

import io.diskvault.web.live.Ticking;
import io.diskvault.web.live.Ticking.Tick;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What ticks, asked for once for all listeners.
@Singleton
class SharedTicks {
    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private final List<Ticking> kinds;
    private Map<Ticking, List<Tick>> latest = Map.of();
    private long askedNanos = System.nanoTime() - FRESH_NANOS;

    SharedTicks(List<Ticking> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    synchronized Map<Ticking, List<Tick>> latest() {
        if (System.nanoTime() - askedNanos >= FRESH_NANOS) {
            Map<Ticking, List<Tick>> now = new LinkedHashMap<>();
            kinds.forEach(kind -> now.put(kind, kind.now()));
            latest = now;
            askedNanos = System.nanoTime();
        }
        return latest;
    }
}
