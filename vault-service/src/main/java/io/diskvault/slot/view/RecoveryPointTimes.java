package io.diskvault.slot.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/// When recovery points were made, also those that have expired since.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RecoveryPointTimes extends GenericRepository<SlotRow, String> {
    /// Oldest first.
    @Query("SELECT snapshot_time FROM recovery_point"
            + " WHERE instance_id = :instanceId AND snapshot_time >= :from AND snapshot_time <= :to"
            + " ORDER BY snapshot_time")
    List<Instant> within(String instanceId, Instant from, Instant to);
}
