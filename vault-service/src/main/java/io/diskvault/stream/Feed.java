package io.diskvault.stream;

import io.diskvault.web.Views;
import io.diskvault.web.live.Live;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Which things have changed since a position, as far as the projections know it.
///
/// Events are read in the order in which the event store hands them out, and one that fills a gap comes after those
/// that were there before it: what is passed has been read. Of several events about one thing within a piece only
/// the last is told, so that everything told before it is covered by the position of whatever is told.
final class Feed implements AutoCloseable {
    /// So many events are read for one piece.
    private static final int PIECE = 500;

    /// No transaction takes so long: what is empty then stays so.
    private static final long SETTLED_NANOS = Duration.ofMinutes(2).toNanos();

    private static final long SAMPLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Views views;
    private final List<Live> kinds;
    private final BlockingStream<TrackedEventMessage<?>> events;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long settled;
    private Position position;
    private boolean waiting;

    /// Where it was at a time.
    private record Sample(long nanos, long index) {}

    private record Thing(Live kind, String key) {}

    /// A thing that has changed.
    ///
    /// @param position up to where everything is told when this is
    record Change(Live kind, String key, Position position) {}

    Feed(EventStore store, Views views, List<Live> kinds, Position position) {
        this.views = views;
        this.kinds = kinds;
        this.position = position;
        this.events = store.openStream(position.token());
    }

    /// Up to where events have been read.
    Position position() {
        return position;
    }

    /// Whether there is an event that the projections had not seen yet.
    boolean isWaiting() {
        return waiting;
    }

    /// What has changed since the last time, in the order of the last change.
    ///
    /// @throws InterruptedException if the server stops meanwhile
    List<Change> next() throws InterruptedException {
        waiting = events.hasNextAvailable();
        if (!waiting) {
            return List.of();
        }
        long seen = views.seenUntil();
        Map<Thing, Position> changed = new LinkedHashMap<>();
        for (int read = 0; read < PIECE && isSeen(seen); read++) {
            TrackedEventMessage<?> event = events.nextAvailable();
            position = Position.of(tokenOf(event).withGapsTruncatedAt(settled()));
            thingOf(event).ifPresent(thing -> {
                changed.remove(thing);
                changed.put(thing, position);
            });
        }
        List<Change> changes = new ArrayList<>();
        changed.forEach((thing, at) -> changes.add(new Change(thing.kind(), thing.key(), at)));
        return changes;
    }

    private boolean isSeen(long seen) {
        return events.hasNextAvailable()
                && events.peek().map(event -> tokenOf(event).getIndex() <= seen).orElse(false);
    }

    private static GapAwareTrackingToken tokenOf(TrackedEventMessage<?> event) {
        return (GapAwareTrackingToken) event.trackingToken();
    }

    private Optional<Thing> thingOf(TrackedEventMessage<?> event) {
        return kinds.stream()
                .filter(kind -> kind.events().isAssignableFrom(event.getPayloadType()))
                .findFirst()
                .map(kind -> new Thing(kind, kind.keyOf(event.getPayload())));
    }

    private long settled() {
        long now = System.nanoTime();
        if (samples.isEmpty() || now - samples.getLast().nanos() > SAMPLE_NANOS) {
            samples.addLast(new Sample(now, position.index()));
        }
        while (now - samples.getFirst().nanos() > SETTLED_NANOS) {
            settled = samples.removeFirst().index();
            if (samples.isEmpty()) {
                samples.addLast(new Sample(now, position.index()));
            }
        }
        return settled;
    }

    @Override
    public void close() {
        events.close();
    }
}
