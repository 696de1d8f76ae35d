package io.diskvault.metrics;

import io.diskvault.metrics.GaugeFamily.Sample;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.jspecify.annotations.Nullable;

/// How far the event processors are behind what is stored, and what they could not handle.
@Singleton
final class EventProcessorGauges implements GaugeSource {
    private static final String LABEL = "processor";

    private final EventStore events;
    private final EventProcessingConfiguration processing;
    private final TransactionManager transactions;

    EventProcessorGauges(EventStore events, Configuration configuration, TransactionManager transactions) {
        this.events = events;
        this.processing = configuration.eventProcessingConfiguration();
        this.transactions = transactions;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily(
                        "diskvault.event.processor.lag.events",
                        "Stored events that an event processor of this node has not handled yet.",
                        this::lags),
                new GaugeFamily(
                        "diskvault.dead.letters",
                        "Events that could not be handled and hold up the later ones of the same thing.",
                        this::deadLetters));
    }

    /// Only of processors that run on this node: others know better how far they are.
    private List<Sample> lags() {
        long head = place(events.createHeadToken()).orElse(0);
        List<Sample> lags = new ArrayList<>();
        for (Map.Entry<String, EventProcessor> one :
                processing.eventProcessors().entrySet()) {
            if (one.getValue() instanceof StreamingEventProcessor processor) {
                processor.processingStatus().values().stream()
                        .mapToLong(segment -> lag(segment, head))
                        .max()
                        .ifPresent(lag -> lags.add(Sample.of(lag, LABEL, one.getKey())));
            }
        }
        return lags;
    }

    private static long lag(EventTrackerStatus segment, long head) {
        // The head was read before, and the processor may have gone on meanwhile.
        return Math.max(0, head - place(segment.getTrackingToken()).orElse(0));
    }

    private static OptionalLong place(@Nullable TrackingToken token) {
        return token == null ? OptionalLong.empty() : token.position();
    }

    private List<Sample> deadLetters() {
        return transactions.fetchInTransaction(() -> processing.eventProcessors().keySet().stream()
                .flatMap(group -> processing.deadLetterQueue(group).stream()
                        .map(SequencedDeadLetterQueue::size)
                        .map(size -> Sample.of(size, LABEL, group)))
                .toList());
    }
}
