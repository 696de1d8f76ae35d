package io.diskvault.instance.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of backup instances.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface InstanceRows extends CrudRepository<InstanceRow, String> {
    List<InstanceRow> findByPolicy(String policy);

    /// The instances of a vault, newest first, those before the given place.
    @Query("SELECT * FROM backup_instance WHERE vault = :vault"
            + " AND (protected_since, id) < (:beforeTime, :beforeKey)"
            + " ORDER BY protected_since DESC, id DESC LIMIT :count")
    List<InstanceRow> listBefore(String vault, Instant beforeTime, String beforeKey, int count);

    @Query("UPDATE backup_instance SET last_slot = :slot WHERE id = :id")
    int setLastSlot(String id, Instant slot);

    @Query("UPDATE backup_instance SET running_job = :job WHERE id = :id")
    int setRunningJob(String id, @Nullable String job);

    /// A point that is older than the newest changes nothing.
    @Query("UPDATE backup_instance SET latest_point = :point, latest_point_time = :time"
            + " WHERE id = :id AND (latest_point_time IS NULL OR latest_point_time <= :time)")
    int setLatestPoint(String id, String point, Instant time);
}
