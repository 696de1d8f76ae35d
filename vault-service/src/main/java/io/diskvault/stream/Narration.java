package io.diskvault.stream;

import io.diskvault.stream.Feed.Change;
import io.diskvault.web.live.Live;
import io.diskvault.web.live.Ticking;
import io.diskvault.web.live.Ticking.Tick;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// What one listener is told, piece by piece. Nothing is kept for him: a piece is made when he can take it, from what
/// there is then.
final class Narration implements AutoCloseable {
    private static final long ALIVE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    /// Events of other nodes ring no bell here.
    private static final long PATIENCE_MILLIS = 250;

    /// The projections follow in some milliseconds.
    private static final long PROJECTION_MILLIS = 3;

    private final Listener listener;
    private final Feed feed;
    private final SharedTicks ticks;
    private final Bell bell;
    private final JsonMapper json;
    private final Map<String, Object> ticked = new HashMap<>();
    private long spokenNanos = System.nanoTime();
    private long tickedNanos = System.nanoTime() - TICK_NANOS;
    private boolean begun;

    Narration(Listener listener, Feed feed, SharedTicks ticks, Bell bell, JsonMapper json) {
        this.listener = listener;
        this.feed = feed;
        this.ticks = ticks;
        this.bell = bell;
        this.json = json;
    }

    /// Waits for the next piece.
    ///
    /// @param gone whether the listener has gone
    /// @return nothing if the listener has to come back
    Optional<byte[]> next(BooleanSupplier gone) throws InterruptedException, IOException {
        while (!gone.getAsBoolean() && !bell.isStopping() && listener.mayStay()) {
            long heard = bell.count();
            EventText text = new EventText();
            if (!begun) {
                text.hello(feed.position());
                begun = true;
            }
            Position before = feed.position();
            tell(feed.next(), text);
            tick(text);
            if (text.isEmpty() && System.nanoTime() - spokenNanos > ALIVE_NANOS) {
                text.alive(feed.position());
            }
            if (!text.isEmpty()) {
                spokenNanos = System.nanoTime();
                return Optional.of(text.bytes());
            }
            boolean moved = !before.equals(feed.position());
            bell.await(heard, moved || feed.isWaiting() ? PROJECTION_MILLIS : PATIENCE_MILLIS);
        }
        return Optional.empty();
    }

    private void tell(List<Change> changes, EventText text) throws IOException {
        for (Change change : changes) {
            Optional<Live.Shown> shown = change.kind().show(change.key()).filter(one -> listener.hears(one.vault()));
            if (shown.isPresent()) {
                text.event(
                        change.kind().name(),
                        change.position(),
                        json.writeValueAsString(shown.get().body()));
            }
        }
    }

    private void tick(EventText text) throws IOException {
        if (System.nanoTime() - tickedNanos < TICK_NANOS) {
            return;
        }
        tickedNanos = System.nanoTime();
        Set<String> there = new HashSet<>();
        for (Map.Entry<Ticking, List<Tick>> kind : ticks.latest().entrySet()) {
            for (Tick tick : kind.getValue()) {
                String key = kind.getKey().name() + " " + tick.key();
                there.add(key);
                if (listener.hears(tick.vault()) && !tick.body().equals(ticked.put(key, tick.body()))) {
                    text.event(kind.getKey().name(), json.writeValueAsString(tick.body()));
                }
            }
        }
        ticked.keySet().retainAll(there);
    }

    @Override
    public void close() {
        feed.close();
    }
}
