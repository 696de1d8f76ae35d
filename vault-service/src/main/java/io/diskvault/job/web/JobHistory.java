package io.diskvault.job.web;

import io.diskvault.access.Callers;
import io.diskvault.job.JobEvent;
import io.diskvault.job.JobId;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// What happened to a job, read from its events: they are few, and there is nothing about them to be searched for.
@Singleton
final class JobHistory {
    private final EventStore events;

    JobHistory(EventStore events) {
        this.events = events;
    }

    /// @param event what happened, for programs
    /// @param message the same in a sentence
    /// @param principal who caused it; `system` and `system:…` are the server's own work
    record Entry(Instant time, String event, String message, String principal) {
        static Entry of(DomainEventMessage<?> stored) {
            JobEvent event = (JobEvent) stored.getPayload();
            return new Entry(
                    event.at(),
                    JobSentences.nameOf(event),
                    JobSentences.of(event),
                    Callers.principalOf(stored.getMetaData()));
        }
    }

    /// Newest first.
    ///
    /// @param before the key of a place is the number of an event
    Listing<Entry> page(JobId job, Cursor before, int limit) {
        String stream = job.toString();
        long count = events.lastSequenceNumberFor(stream).map(last -> last + 1).orElse(0L);
        long end = Math.min(count, numberOf(before));
        long start = Math.max(0, end - limit);
        List<Entry> oldestFirst = events.readEvents(stream, start)
                .asStream()
                .limit(end - start)
                .map(Entry::of)
                .toList();
        String next = start > 0 ? new Cursor(oldestFirst.getFirst().time(), Long.toString(start)).text() : null;
        return new Listing<>(oldestFirst.reversed(), next);
    }

    private static long numberOf(Cursor before) {
        if (before.key().isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Math.max(0, Long.parseLong(before.key()));
        } catch (NumberFormatException _) {
            throw before.refused();
        }
    }
}
