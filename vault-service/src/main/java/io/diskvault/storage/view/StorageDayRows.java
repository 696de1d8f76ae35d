package io.diskvault.storage.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.util.List;

/// The table of what was added by day.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface StorageDayRows extends CrudRepository<StorageDayRow, String> {
    /// From a day on, oldest first, of all vaults or of the given ones. Days on which nothing happened are not among
    /// them.
    @Query("SELECT on_day, CAST(SUM(added_bytes) AS BIGINT) AS added_bytes,"
            + " CAST(SUM(stored_bytes) AS BIGINT) AS stored_bytes, CAST(SUM(expired_bytes) AS BIGINT) AS expired_bytes"
            + " FROM storage_day WHERE on_day >= :from AND (:all = TRUE OR vault IN (:vaults)) GROUP BY on_day"
            + " ORDER BY on_day")
    List<StorageChange> since(String from, boolean all, List<String> vaults);
}
