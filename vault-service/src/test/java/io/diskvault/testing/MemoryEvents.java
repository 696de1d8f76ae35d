package io.diskvault.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/// Streams of events in memory, each found at once however many there are. Keeps of an event only what it says.
public final class MemoryEvents implements EventStorageEngine {
    private record Stored(String type, List<Object> payloads) {}

    private final Map<String, Stored> streams = new HashMap<>();
    private long count;

    /// How many events there are.
    public long count() {
        return count;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            DomainEventMessage<?> message = (DomainEventMessage<?>) event;
            Stored stream = streams.computeIfAbsent(
                    message.getAggregateIdentifier(), _ -> new Stored(message.getType(), new ArrayList<>()));
            if (message.getSequenceNumber() != stream.payloads().size()) {
                throw new IllegalStateException("a gap or a fork in " + message.getAggregateIdentifier());
            }
            stream.payloads().add(message.getPayload());
            count++;
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregate, long firstSequenceNumber) {
        Stored stream = streams.get(aggregate);
        if (stream == null) {
            return DomainEventStream.empty();
        }
        List<Object> payloads = stream.payloads();
        return DomainEventStream.of(IntStream.range((int) firstSequenceNumber, payloads.size())
                .mapToObj(number ->
                        new GenericDomainEventMessage<>(stream.type(), aggregate, number, payloads.get(number)))
                .toList());
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("no snapshots here");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
        return Optional.empty();
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken after, boolean mayBlock) {
        throw new UnsupportedOperationException("nobody follows these events; subscribe to them");
    }
}
