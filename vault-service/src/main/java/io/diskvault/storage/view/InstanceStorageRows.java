package io.diskvault.storage.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.util.List;

/// The table of what instances take.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface InstanceStorageRows extends CrudRepository<InstanceStorageRow, String> {
    /// Of all vaults or of the given ones.
    @Query("SELECT snapshot_group, CAST(SUM(logical_bytes) AS BIGINT) AS logical_bytes,"
            + " CAST(SUM(used_bytes) AS BIGINT) AS used_bytes, CAST(SUM(stored_bytes) AS BIGINT) AS stored_bytes"
            + " FROM instance_storage WHERE (:all = TRUE OR vault IN (:vaults))"
            + " GROUP BY snapshot_group ORDER BY snapshot_group")
    List<StorageTotals> totals(boolean all, List<String> vaults);
}
