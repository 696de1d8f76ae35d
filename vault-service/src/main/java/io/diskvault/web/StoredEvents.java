package io.diskvault.web;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;

/// Looks into the event store beside the framework.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface StoredEvents extends GenericRepository<StoredEvents.Stored, Long> {
    /// How many of these places in the event store hold an event.
    @Query("SELECT COUNT(*) FROM domain_event WHERE global_index IN (:places)")
    long countAt(Collection<Long> places);

    /// The place of the last event until a time, which is given as it is stored; 0 if there is none.
    @Query("SELECT COALESCE(MAX(global_index), 0) FROM domain_event WHERE occurred_at <= :time")
    long lastPlaceUntil(String time);

    /// The place of one event.
    @MappedEntity("domain_event")
    record Stored(@Id long globalIndex) {}
}
