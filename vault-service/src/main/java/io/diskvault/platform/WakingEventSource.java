package io.diskvault.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/// The event store as a source that wakes its readers as soon as events are committed in this process, instead of at
/// their next poll half a second later. Events of other nodes are still found by polling.
final class WakingEventSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    /// Who has so many events to go through is in a hurry.
    private static final long FAR_BEHIND = 1000;

    private final EventStore store;
    private final Set<Runnable> wakeUps = new CopyOnWriteArraySet<>();

    @SuppressWarnings("resource") // the subscription lives as long as the store
    WakingEventSource(EventStore store) {
        this.store = store;
        store.subscribe(events -> {
            // After the commit: a reader that is woken before it finds nothing and sleeps for its whole interval.
            if (CurrentUnitOfWork.isStarted()) {
                CurrentUnitOfWork.get().root().afterCommit(committed -> wakeUps.forEach(Runnable::run));
            }
        });
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken position) {
        return new WakingStream(store.openStream(position), isFarBehind(position));
    }

    private boolean isFarBehind(@Nullable TrackingToken position) {
        return Replays.placeOf(store.createHeadToken()) - Replays.placeOf(position) > FAR_BEHIND;
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return store.createTokenAt(dateTime);
    }

    @Override
    public @Nullable TrackingToken createTokenSince(Duration duration) {
        return store.createTokenSince(duration);
    }

    private final class WakingStream implements BlockingStream<TrackedEventMessage<?>> {
        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final boolean inAHurry;
        private @Nullable Runnable wakeUp;

        WakingStream(BlockingStream<TrackedEventMessage<?>> stream, boolean inAHurry) {
            this.stream = stream;
            this.inAHurry = inAHurry;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            TrackedEventMessage<?> event = stream.nextAvailable();
            if (inAHurry) {
                read(event);
            }
            return event;
        }

        /// What is read here is not read again by the thread that handles the events, which is busy.
        private static void read(TrackedEventMessage<?> event) {
            try {
                event.getPayload();
                event.getMetaData();
            } catch (RuntimeException _) {
                // Whoever handles it meets the same, and puts the event aside; the stream goes on.
            }
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            wakeUp = callback;
            return wakeUps.add(callback);
        }

        @Override
        public void close() {
            if (wakeUp != null) {
                wakeUps.remove(wakeUp);
            }
            stream.close();
        }
    }
}
