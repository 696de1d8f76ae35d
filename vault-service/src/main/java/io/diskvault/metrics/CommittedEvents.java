package io.diskvault.metrics;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events that this process writes, once they are stored for good. A replay does not bring them again.
@Singleton
public class CommittedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedEvents.class);

    private final EventStore store;

    CommittedEvents(EventStore store) {
        this.store = store;
    }

    /// @param taker gets every event; quickly, since whoever sent the command waits for it
    @SuppressWarnings("resource") // the subscription lives as long as the store
    public void each(Consumer<Object> taker) {
        store.subscribe(events -> {
            if (CurrentUnitOfWork.isStarted()) {
                List<? extends EventMessage<?>> written = List.copyOf(events);
                CurrentUnitOfWork.get().root().afterCommit(_ -> written.forEach(event -> give(event, taker)));
            }
        });
    }

    private static void give(EventMessage<?> event, Consumer<Object> taker) {
        try {
            taker.accept(event.getPayload());
        } catch (RuntimeException failure) {
            // The command has succeeded, whatever becomes of its being counted.
            LOG.warn("{} was not counted", event.getPayloadType().getSimpleName(), failure);
        }
    }
}
