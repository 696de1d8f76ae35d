package io.diskvault.job.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The table of jobs. What is asked again and again goes by an index of the status, as very few jobs have not ended.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface JobRows extends CrudRepository<JobRow, String> {
    /// Operation by status for the jobs that stand at one of the given statuses.
    @Query("SELECT operation, status, COUNT(*) AS count FROM job WHERE status IN (:statuses)"
            + " GROUP BY operation, status")
    List<JobCount> countStanding(Collection<String> statuses);

    /// The job that waits for a worker longest.
    @Query("SELECT * FROM job WHERE status = 'Queued'"
            + " AND (not_before IS NULL OR not_before <= :now)"
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

    List<JobRow> findByIdIn(Collection<String> ids);
}
