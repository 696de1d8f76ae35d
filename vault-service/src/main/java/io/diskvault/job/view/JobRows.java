package io.diskvault.job.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of jobs.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface JobRows extends CrudRepository<JobRow, String> {
    /// Newest first, those before the given place, of all vaults or of the given ones. A filter that is null lets
    /// everything through.
    @Query("""
            SELECT * FROM job
            WHERE (queued_time, id) < (:beforeTime, :beforeKey)
              AND (:all = TRUE OR vault IN (:vaults))
              AND (CAST(:vault AS VARCHAR) IS NULL OR vault = :vault)
              AND (CAST(:instance AS VARCHAR) IS NULL OR instance = :instance)
              AND (CAST(:operation AS VARCHAR) IS NULL OR operation = :operation)
              AND (CAST(:status AS VARCHAR) IS NULL OR status = :status)
              AND queued_time >= :from AND queued_time < :to
            ORDER BY queued_time DESC, id DESC LIMIT :count""")
    List<JobRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String instance,
            @Nullable String operation,
            @Nullable String status,
            Instant from,
            Instant to,
            int count);

    /// Operation by status for the jobs queued since the given time, of all vaults or of the given ones.
    @Query("SELECT operation, status, COUNT(*) AS count FROM job WHERE queued_time >= :since"
            + " AND (:all = TRUE OR vault IN (:vaults))"
            + " GROUP BY operation, status ORDER BY operation, status")
    List<JobCount> countSince(Instant since, boolean all, List<String> vaults);

    /// Operation by status for the jobs that stand at one of the given statuses.
    @Query("SELECT operation, status, COUNT(*) AS count FROM job WHERE status IN (:statuses)"
            + " GROUP BY operation, status")
    List<JobCount> countStanding(Collection<String> statuses);

    /// The job that waits for a worker longest.
    @Query("SELECT * FROM job WHERE status = 'Queued' AND (not_before IS NULL OR not_before <= :now)"
            + " ORDER BY queued_time, id LIMIT 1")
    Optional<JobRow> oldestQueued(Instant now);

    /// Jobs that may start, the oldest first: who waits longest is served first. Those of a datastore on which no
    /// further job may run keep nobody else waiting.
    ///
    /// @param waitedFor nobody asks a job to wait until then, except when the clock was ahead
    /// @param lapsed with `ahead`: leases that were last renewed between them count
    @Query("""
            SELECT * FROM job WHERE status = 'Queued' AND operation IN (:operations)
              AND (not_before IS NULL OR not_before <= :now OR not_before > :waitedFor)
              AND (datastore IS NULL OR datastore NOT IN (SELECT datastore FROM job_lease
                WHERE datastore IS NOT NULL AND renewed_at > :lapsed AND renewed_at < :ahead
                GROUP BY datastore HAVING COUNT(*) >= :perDatastore))
            ORDER BY queued_time, id LIMIT :count""")
    List<JobRow> claimable(
            Collection<String> operations,
            Instant now,
            Instant waitedFor,
            Instant lapsed,
            Instant ahead,
            int perDatastore,
            int count);

    /// Jobs that some worker has.
    @Query("SELECT * FROM job WHERE status IN ('InProgress', 'Cancelling')")
    List<JobRow> claimed();

    @Query("UPDATE job SET status = :status WHERE id = :id")
    int setStatus(String id, String status);

    /// The first start counts, whichever attempt made it.
    @Query("UPDATE job SET status = 'InProgress', start_time = COALESCE(start_time, :at), attempt = :attempt,"
            + " not_before = NULL, error_code = NULL, error_message = NULL, error_action = NULL, error_retryable = NULL"
            + " WHERE id = :id")
    int started(String id, Instant at, int attempt);

    @Query("UPDATE job SET status = :status, end_time = :at, warnings = :warnings, total_bytes = :totalBytes,"
            + " recovery_point = COALESCE(CAST(:recoveryPoint AS VARCHAR), recovery_point) WHERE id = :id")
    int completed(
            String id, String status, Instant at, String warnings, long totalBytes, @Nullable String recoveryPoint);

    /// What a restore did.
    @Query("UPDATE job SET written_bytes = :writtenBytes, kept_bytes = :keptBytes, damaged_bytes = :damagedBytes"
            + " WHERE id = :id")
    int measured(String id, long writtenBytes, long keptBytes, long damagedBytes);

    @Query("UPDATE job SET status = 'Cancelled', end_time = :at, not_before = NULL WHERE id = :id")
    int cancelled(String id, Instant at);

    /// An attempt failed, another will follow.
    @Query("UPDATE job SET status = 'Queued', not_before = :notBefore, error_code = :code, error_message = :message,"
            + " error_action = :action, error_retryable = true WHERE id = :id")
    int retryScheduled(String id, Instant notBefore, String code, String message, String action);

    @Query("UPDATE job SET status = 'Failed', end_time = :at, error_code = :code, error_message = :message,"
            + " error_action = :action, error_retryable = :retryable WHERE id = :id")
    int failed(String id, Instant at, String code, String message, String action, boolean retryable);

    List<JobRow> findByIdIn(Collection<String> ids);
}
