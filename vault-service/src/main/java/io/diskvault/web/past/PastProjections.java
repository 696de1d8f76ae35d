package io.diskvault.web.past;

import io.diskvault.platform.AsOf;
import io.diskvault.platform.Projections;
import io.micronaut.core.propagation.PropagatedContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Fills tables of the past with the very projections that fill those of the present.
@Singleton
class PastProjections {
    /// So many events are read in the present, then written to the past in one transaction.
    private static final int BATCH = 500;

    private final Projections projections;
    private final EventStore events;
    private final TransactionManager transactions;

    PastProjections(Projections projections, EventStore events, TransactionManager transactions) {
        this.projections = projections;
        this.events = events;
        this.transactions = transactions;
    }

    /// @param until the last place in the global order that counts
    void fill(AsOf past, long until) throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(null)) {
            List<TrackedEventMessage<?>> batch = next(stream, until);
            while (!batch.isEmpty()) {
                List<TrackedEventMessage<?>> handled = batch;
                try (PropagatedContext.Scope _ =
                        PropagatedContext.getOrEmpty().plus(past).propagate()) {
                    transactions.executeInTransaction(() -> handle(handled));
                }
                batch = next(stream, until);
            }
        }
    }

    private static List<TrackedEventMessage<?>> next(BlockingStream<TrackedEventMessage<?>> stream, long until)
            throws InterruptedException {
        List<TrackedEventMessage<?>> batch = new ArrayList<>();
        while (batch.size() < BATCH && stream.hasNextAvailable() && isWithin(stream, until)) {
            batch.add(stream.nextAvailable());
        }
        return batch;
    }

    private static boolean isWithin(BlockingStream<TrackedEventMessage<?>> stream, long until) {
        return stream.peek()
                .map(event -> event.trackingToken().position().orElse(Long.MAX_VALUE) <= until)
                .orElse(false);
    }

    private void handle(List<TrackedEventMessage<?>> batch) {
        for (TrackedEventMessage<?> event : batch) {
            try {
                projections.project(event);
            } catch (Exception failure) {
                throw new IllegalStateException(
                        "event %s cannot be projected".formatted(event.getIdentifier()), failure);
            }
        }
    }
}
