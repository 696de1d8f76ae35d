package io.diskvault.web;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.Optional;

/// Looks into the event store beside the framework.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface StoredEvents extends GenericRepository<StoredEvents.Stored, Long> {
    /// How many of these places in the event store hold an event.
    @Query("SELECT COUNT(*) FROM domain_event WHERE global_index IN (:places)")
    long countAt(Collection<Long> places);

    /// The first of these places in the event store that holds an event; 0 if none does.
    @Query("SELECT COALESCE(MIN(global_index), 0) FROM domain_event WHERE global_index IN (:places)")
    long firstAt(Collection<Long> places);

    /// How far a group of event handlers is, as the framework stores it.
    @Query("SELECT token FROM processor_position WHERE processor = :group AND segment = 0 AND token IS NOT NULL")
    Optional<byte[]> positionOf(String group);

    /// The place of the last event until a time, which is given as it is stored; 0 if there is none.
    @Query("SELECT COALESCE(MAX(global_index), 0) FROM domain_event WHERE occurred_at <= :time")
    long lastPlaceUntil(String time);

    /// The place of one event.
    @MappedEntity("domain_event")
    record Stored(@Id long globalIndex) {}
}
