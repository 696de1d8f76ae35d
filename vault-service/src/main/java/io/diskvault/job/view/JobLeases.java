package io.diskvault.job.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The table of leases.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface JobLeases extends CrudRepository<JobLeaseRow, String> {
    /// Takes a lease that nobody has.
    ///
    /// @return 0 if somebody has it
    @Query("INSERT INTO job_lease (job_id, worker, renewed_at, done_bytes, total_bytes, datastore)"
            + " VALUES (:jobId, :worker, :at, 0, 0, :datastore) ON CONFLICT DO NOTHING")
    int take(String jobId, String worker, Instant at, @Nullable String datastore);

    /// How many jobs on a datastore some worker that is believed to live has.
    @Query("SELECT COUNT(*) FROM job_lease WHERE datastore = :datastore"
            + " AND renewed_at > :lapsed AND renewed_at < :ahead")
    long countLiving(String datastore, Instant lapsed, Instant ahead);

    /// Ends a lease that was not renewed for too long, or by a clock that was too far ahead, and no other: another node
    /// may have taken it anew just now.
    @Query("DELETE FROM job_lease WHERE job_id = :jobId AND (renewed_at <= :lapsed OR renewed_at >= :ahead)")
    int deleteLapsed(String jobId, Instant lapsed, Instant ahead);

    /// @return 0 if the lease is no longer the worker's
    @Query("UPDATE job_lease SET renewed_at = :at, done_bytes = :doneBytes, total_bytes = :totalBytes"
            + " WHERE job_id = :jobId AND worker = :worker")
    int renew(String jobId, String worker, Instant at, long doneBytes, long totalBytes);

    /// Gives the lease back, if it is still the worker's.
    @Query("DELETE FROM job_lease WHERE job_id = :jobId AND worker = :worker")
    int release(String jobId, String worker);
}
