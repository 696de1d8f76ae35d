package io.diskvault.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskvault.platform.Replays;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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
    public static final String GROUP = Replays.GROUP;

    /// A projection that is replayed lags for minutes; answering late would not help then.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final JsonMapper JSON = new JsonMapper();

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

    /// How far the projections are, with what they have not seen because it was not there yet. Empty if they have
    /// seen nothing.
    public Optional<GapAwareTrackingToken> position() {
        List<TrackingToken> positions = processing
                .eventProcessor(GROUP, StreamingEventProcessor.class)
                .map(processor -> processor.processingStatus().values().stream()
                        .flatMap(status -> Stream.ofNullable(status.getTrackingToken()))
                        .toList())
                .orElse(List.of());
        // Another node keeps the projections.
        return positions.isEmpty()
                ? stored.positionOf(GROUP).map(Views::tokenOf)
                : Optional.of(positions.getFirst())
                        .filter(GapAwareTrackingToken.class::isInstance)
                        .map(GapAwareTrackingToken.class::cast);
    }

    /// As the framework stores it, or as much of it as a replay has done.
    private static GapAwareTrackingToken tokenOf(byte[] stored) {
        try {
            JsonNode token = JSON.readTree(stored);
            JsonNode current = token.has("currentToken") ? token.get("currentToken") : token;
            List<Long> gaps = new ArrayList<>();
            current.path("gaps").forEach(gap -> gaps.add(gap.asLong()));
            return new GapAwareTrackingToken(current.path("index").asLong(), gaps);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable); // the framework wrote it
        }
    }

    /// Up to where the projections have seen everything that is stored: what is not there yet may still come.
    public long seenUntil() {
        return position()
                .map(seen -> {
                    long missing = seen.hasGaps() ? stored.firstAt(seen.getGaps()) : 0;
                    return missing > 0 ? missing - 1 : seen.getIndex();
                })
                .orElse(0L);
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
