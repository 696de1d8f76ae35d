package io.diskvault.job.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of how many jobs ended how.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface JobCountRows extends CrudRepository<JobCountRow, String> {
    String SEEN = " AND (:all = TRUE OR vault IN (:vaults)) AND vault = COALESCE(CAST(:vault AS VARCHAR), vault)";

    /// Of each operation and status by itself: with lists of them H2 reads all jobs of the time.
    String OPEN =
            " UNION ALL SELECT operation, status, 1 AS jobs FROM job WHERE queued_time >= :since" + SEEN + " AND ";

    /// Operation by status for the jobs queued since a time, of all vaults, of the given ones, or of one: what has
    /// ended from the sums, the hours up to midnight one by one, and what has not from the jobs.
    ///
    /// @param hour the hour that the time is in, from whose beginning on all count
    /// @param midnight after it
    @Query("SELECT operation, status, CAST(SUM(jobs) AS BIGINT) AS count FROM ("
            + "SELECT operation, status, jobs FROM job_count WHERE span = 'Day' AND during >= :midnight" + SEEN
            + " UNION ALL SELECT operation, status, jobs FROM job_count"
            + " WHERE span = 'Hour' AND during >= :hour AND during < :midnight" + SEEN
            + OPEN + "operation = 'Backup' AND status = 'Queued'"
            + OPEN + "operation = 'Backup' AND status = 'InProgress'"
            + OPEN + "operation = 'Backup' AND status = 'Cancelling'"
            + OPEN + "operation = 'Restore' AND status = 'Queued'"
            + OPEN + "operation = 'Restore' AND status = 'InProgress'"
            + OPEN + "operation = 'Restore' AND status = 'Cancelling'"
            + OPEN + "operation = 'RestoreTest' AND status = 'Queued'"
            + OPEN + "operation = 'RestoreTest' AND status = 'InProgress'"
            + OPEN + "operation = 'RestoreTest' AND status = 'Cancelling'"
            + ") counted GROUP BY operation, status ORDER BY operation, status")
    List<JobCount> since(
            String hour, String midnight, Instant since, boolean all, List<String> vaults, @Nullable String vault);

    /// Of one instance.
    @Query("SELECT operation, status, COUNT(*) AS count FROM job WHERE instance = :instance"
            + " AND vault = COALESCE(CAST(:vault AS VARCHAR), vault) AND queued_time >= :since"
            + " AND (:all = TRUE OR vault IN (:vaults)) GROUP BY operation, status ORDER BY operation, status")
    List<JobCount> ofInstance(String instance, @Nullable String vault, Instant since, boolean all, List<String> vaults);
}
