package io.diskvault.instance.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The table of backup instances.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface InstanceRows extends CrudRepository<InstanceRow, String> {
    List<InstanceRow> findByPolicy(String policy);

    List<InstanceRow> findByIdIn(Collection<String> ids);

    /// The instances of a vault that are not deleted.
    @Query("SELECT * FROM backup_instance WHERE vault = :vault AND protection_state <> 'SoftDeleted'")
    List<InstanceRow> ofVault(String vault);

    /// The instances of a vault that are not deleted, newest first, those before the given place.
    @Query("SELECT * FROM backup_instance WHERE vault = :vault AND protection_state <> 'SoftDeleted'"
            + " AND protected_since <= :beforeTime AND (protected_since < :beforeTime OR id < :beforeKey)"
            + " ORDER BY vault, protected_since DESC, id DESC LIMIT :count")
    List<InstanceRow> listBefore(String vault, Instant beforeTime, String beforeKey, int count);

    /// The deleted instances of a vault, latest deletion first, those before the given place.
    @Query("SELECT * FROM backup_instance WHERE vault = :vault AND protection_state = 'SoftDeleted'"
            + " AND (deleted_time, id) < (:beforeTime, :beforeKey)"
            + " ORDER BY deleted_time DESC, id DESC LIMIT :count")
    List<InstanceRow> listDeletedBefore(String vault, Instant beforeTime, String beforeKey, int count);

    @Query("SELECT * FROM backup_instance WHERE protection_state = 'SoftDeleted' AND purge_time <= :now")
    List<InstanceRow> dueForPurge(Instant now);

    @Query("SELECT protection_state, COUNT(*) AS count FROM backup_instance GROUP BY protection_state")
    List<InstanceCount> countByState();

    /// The instances at one state: first those without a recovery point, then those whose newest is the oldest.
    @Query("SELECT * FROM backup_instance WHERE protection_state = :state"
            + " ORDER BY latest_point_time NULLS FIRST, id LIMIT :count")
    List<InstanceRow> oldestFirst(String state, int count);
}
