package io.diskvault.export.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// How exports are used.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ExportUseRows extends CrudRepository<ExportUseRow, UUID> {
    List<ExportUseRow> findByExportIn(Collection<UUID> exports);

    /// Notes a use, and what was read and written since the last one.
    ///
    /// @return how many rows there were to change
    @Query("UPDATE point_export_use SET last_used_at = :at, bytes_read = bytes_read + :read,"
            + " bytes_written = bytes_written + :written WHERE export = :export")
    long add(UUID export, Instant at, long read, long written);
}
