package io.diskvault.instance.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            + " AND (protected_since, id) < (:beforeTime, :beforeKey)"
            + " ORDER BY protected_since DESC, id DESC LIMIT :count")
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

    @Query("UPDATE backup_instance SET protection_state = :state, deleted_time = :deletedTime,"
            + " purge_time = :purgeTime WHERE id = :id")
    int setState(String id, String state, @Nullable Instant deletedTime, @Nullable Instant purgeTime);

    @Query("UPDATE backup_instance SET policy = :policy, policy_since = :since WHERE id = :id")
    int setPolicy(String id, String policy, Instant since);

    /// Slots up to an instant are no concern of the instance, unless later ones are decided already.
    @Query("UPDATE backup_instance SET last_slot = :instant"
            + " WHERE id = :id AND (last_slot IS NULL OR last_slot < :instant)")
    int passSlots(String id, Instant instant);

    @Query("UPDATE backup_instance SET last_slot = :slot WHERE id = :id")
    int setLastSlot(String id, Instant slot);

    /// An instance that was protected, or given its policy, while the clock was ahead has been since now.
    @Query("UPDATE backup_instance SET last_slot = CASE WHEN last_slot > :at THEN :at ELSE last_slot END,"
            + " policy_since = CASE WHEN policy_since > :at THEN :at ELSE policy_since END,"
            + " protected_since = CASE WHEN protected_since > :at THEN :at ELSE protected_since END WHERE id = :id")
    int reopenSlots(String id, Instant at);

    @Query("UPDATE backup_instance SET running_job = :job WHERE id = :id")
    int setRunningJob(String id, @Nullable String job);

    /// A point that is older than the newest changes nothing.
    @Query("UPDATE backup_instance SET latest_point = :point, latest_point_time = :time"
            + " WHERE id = :id AND (latest_point_time IS NULL OR latest_point_time <= :time)")
    int setLatestPoint(String id, String point, Instant time);
}
