package io.diskvault.restoretest.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of restore tests.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RestoreTestRows extends CrudRepository<RestoreTestRow, String> {
    /// Those of an instance, newest first, before the given place; of one recovery point if one is given.
    @Query("SELECT * FROM restore_test WHERE instance_id = :instanceId"
            + " AND (CAST(:point AS VARCHAR) IS NULL OR recovery_point = :point)"
            + " AND (requested_at, job_id) < (:beforeTime, :beforeKey)"
            + " ORDER BY requested_at DESC, job_id DESC LIMIT :count")
    List<RestoreTestRow> listBefore(
            String instanceId, @Nullable String point, Instant beforeTime, String beforeKey, int count);

    /// The proofs of recovery points, older ones first.
    @Query("SELECT * FROM restore_test WHERE recovery_point IN (:points) AND outcome = 'Proven' ORDER BY ended_at")
    List<RestoreTestRow> proofsOf(Collection<String> points);

    @Query("SELECT DISTINCT scratch_group FROM restore_test")
    List<String> scratchGroups();

    List<RestoreTestRow> findByJobIdIn(Collection<String> jobs);

    boolean existsByInstanceId(String instanceId);

    @Query("UPDATE restore_test SET ended_at = :at, outcome = :outcome, logical_bytes = :logicalBytes,"
            + " restored_bytes = :restoredBytes, restore_millis = :restoreMillis, verify_millis = :verifyMillis,"
            + " damaged = :damaged, more_damaged = :moreDamaged WHERE job_id = :job")
    int ended(
            String job,
            Instant at,
            String outcome,
            long logicalBytes,
            long restoredBytes,
            long restoreMillis,
            long verifyMillis,
            String damaged,
            long moreDamaged);

    @Query("UPDATE restore_test SET error_code = :code, error_message = :message, error_action = :action"
            + " WHERE job_id = :job")
    int failed(String job, String code, String message, String action);

    /// Its job has ended without a word about the recovery point.
    ///
    /// @return 0 for a test that had ended before
    @Query("UPDATE restore_test SET ended_at = :at, outcome = 'NotTested' WHERE job_id = :job AND ended_at IS NULL")
    int notTested(String job, Instant at);
}
