package io.diskvault.instance.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The table of recovery points.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RecoveryPointRows extends CrudRepository<RecoveryPointRow, String> {
    /// The points of an instance that have not expired and whose snapshots are from an instant on, newest first, those
    /// before the given place.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId AND expired_time IS NULL"
            + " AND snapshot_time >= :from"
            + " AND snapshot_time <= :beforeTime AND (snapshot_time < :beforeTime OR id < :beforeKey)"
            + " ORDER BY instance_id, snapshot_time DESC, id DESC LIMIT :count")
    List<RecoveryPointRow> listBefore(String instanceId, Instant from, Instant beforeTime, String beforeKey, int count);

    /// Of them those on legal hold.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId AND expired_time IS NULL"
            + " AND hold_time IS NOT NULL AND snapshot_time >= :from"
            + " AND snapshot_time <= :beforeTime AND (snapshot_time < :beforeTime OR id < :beforeKey)"
            + " ORDER BY instance_id, snapshot_time DESC, id DESC LIMIT :count")
    List<RecoveryPointRow> listHeldBefore(
            String instanceId, Instant from, Instant beforeTime, String beforeKey, int count);

    /// The points that have expired, likewise; of every instance that ever had the name.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId AND expired_time IS NOT NULL"
            + " AND snapshot_time >= :from"
            + " AND snapshot_time <= :beforeTime AND (snapshot_time < :beforeTime OR id < :beforeKey)"
            + " ORDER BY instance_id, snapshot_time DESC, id DESC LIMIT :count")
    List<RecoveryPointRow> listExpiredBefore(
            String instanceId, Instant from, Instant beforeTime, String beforeKey, int count);

    /// The points that have not expired, of all instances whose `vault/name` is like the pattern and whose data is in
    /// one of these resource groups.
    @Query("SELECT * FROM recovery_point WHERE instance_id LIKE :pattern AND expired_time IS NULL"
            + " AND snapshot_group IN (:groups)")
    List<RecoveryPointRow> liveIn(String pattern, List<String> groups);

    /// The points of an instance that have not expired, and those that were made or expired since an instant; newest
    /// first.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId"
            + " AND (expired_time IS NULL OR expired_time >= :since OR snapshot_time >= :since)"
            + " ORDER BY snapshot_time DESC, id DESC")
    List<RecoveryPointRow> liveOrChangedSince(String instanceId, Instant since);

    boolean existsByInstanceId(String instanceId);

    /// The oldest point of an instance that has not expired, except the given one.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId AND expired_time IS NULL AND id <> :except"
            + " ORDER BY snapshot_time, id LIMIT 1")
    Optional<RecoveryPointRow> oldestBeside(String instanceId, String except);

    /// Instances that have a point whose time is up and a newer one beside it, and where something may expire.
    @Query("SELECT DISTINCT p.instance_id FROM recovery_point p"
            + " JOIN backup_instance i ON i.id = p.instance_id"
            + " WHERE i.protection_state IN ('ProtectionConfigured', 'BackupsSuspended')"
            + " AND p.expired_time IS NULL AND p.hold_time IS NULL AND p.exports = 0 AND p.expiry_time <= :now AND EXISTS"
            + " (SELECT 1 FROM recovery_point n WHERE n.instance_id = p.instance_id"
            + " AND n.expired_time IS NULL AND n.snapshot_time > p.snapshot_time)")
    List<String> instancesWithElapsedPoints(Instant now);

    /// Instances with at least so many points of scheduled backups that have not expired, and how many they have.
    @Query("SELECT instance_id, COUNT(*) AS points FROM recovery_point WHERE expired_time IS NULL"
            + " AND kind = 'Scheduled' GROUP BY instance_id HAVING COUNT(*) >= :least ORDER BY instance_id")
    List<PointCount> instancesWithScheduledPoints(long least);
}
