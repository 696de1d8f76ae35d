package io.diskvault.web;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/// The projections that answer queries. They share one processor, so that they move on together: whoever sees a job
/// completed also sees its recovery point. They follow the event store some milliseconds behind.
@Singleton
public class Views {
    /// The processing group of every projection.
    public static final String GROUP = "views";

    /// A projection that is replayed lags for minutes; answering late would not help then.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    private final EventStore events;
    private final StoredEvents stored;
    private final EventProcessingConfiguration processing;

    Views(EventStore events, StoredEvents stored, Configuration configuration) {
        this.events = events;
        this.stored = stored;
        this.processing = configuration.eventProcessingConfiguration();
    }

    /// Lets a caller read what it wrote: waits until the projections have seen everything stored so far, for at most
    /// two seconds. On a node where they do not run there is nothing to wait for.
    public void catchUp() {
        if (events.createHeadToken() instanceof GapAwareTrackingToken head) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!reached(head.getIndex()) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
    }

    private boolean reached(long index) {
        return processing
                .eventProcessor(GROUP, StreamingEventProcessor.class)
                .map(processor -> processor.processingStatus().values().stream()
                        .map(EventTrackerStatus::getTrackingToken)
                        .allMatch(position -> reached(position, index)))
                .orElse(true);
    }

    /// A position may have passed a place that was empty then. Rolled back transactions leave such gaps for good; one
    /// that holds an event by now is still to be read.
    private boolean reached(@Nullable TrackingToken position, long index) {
        return position instanceof GapAwareTrackingToken seen
                && seen.getIndex() >= index
                && (!seen.hasGaps() || stored.countAt(seen.getGaps()) == 0);
    }
}
