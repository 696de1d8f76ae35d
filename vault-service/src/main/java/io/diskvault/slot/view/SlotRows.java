package io.diskvault.slot.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of slots.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SlotRows extends CrudRepository<SlotRow, String> {
    @Query("SELECT * FROM slot WHERE instance_id = :instanceId AND slot >= :from AND slot <= :to")
    List<SlotRow> within(String instanceId, Instant from, Instant to);

    @Query("DELETE FROM slot WHERE instance_id = :instanceId AND slot > :after AND job IS NULL")
    int forgetWithoutJob(String instanceId, Instant after);

    @Query("DELETE FROM slot WHERE instance_id = :instanceId")
    void forgetInstance(String instanceId);

    /// The slots of an instance from an instant on, newest first, those before another. A state that is null lets
    /// everything through.
    @Query("SELECT * FROM slot WHERE instance_id = :instanceId AND slot >= :from AND slot < :before"
            + " AND (CAST(:state AS VARCHAR) IS NULL OR state = :state) ORDER BY instance_id, slot DESC LIMIT :count")
    List<SlotRow> listBefore(String instanceId, Instant from, Instant before, @Nullable String state, int count);
}
