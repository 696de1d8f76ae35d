package io.diskvault.instance.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of recovery points.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RecoveryPointRows extends CrudRepository<RecoveryPointRow, String> {
    /// The points of an instance whose snapshots are from a period, newest first, those before the given place.
    @Query("SELECT * FROM recovery_point WHERE instance_id = :instanceId"
            + " AND snapshot_time >= :from AND snapshot_time < :to"
            + " AND (snapshot_time, id) < (:beforeTime, :beforeKey)"
            + " ORDER BY snapshot_time DESC, id DESC LIMIT :count")
    List<RecoveryPointRow> listBefore(
            String instanceId, Instant from, Instant to, Instant beforeTime, String beforeKey, int count);

    /// Instances that have a point whose time is up and a newer one beside it.
    @Query("SELECT DISTINCT p.instance_id FROM recovery_point p WHERE p.expiry_time <= :now AND EXISTS"
            + " (SELECT 1 FROM recovery_point n WHERE n.instance_id = p.instance_id"
            + " AND n.snapshot_time > p.snapshot_time)")
    List<String> instancesWithElapsedPoints(Instant now);

    void deleteByInstanceId(String instanceId);
}
