package io.diskvault.export.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of exports.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ExportRows extends CrudRepository<ExportRow, UUID> {
    @Query("SELECT * FROM point_export WHERE ended_at IS NULL ORDER BY created_at, id")
    List<ExportRow> active();

    @Query("SELECT COUNT(*) FROM point_export WHERE ended_at IS NULL")
    long countActive();

    @Query("SELECT * FROM point_export WHERE name = :name AND ended_at IS NULL")
    Optional<ExportRow> activeByName(String name);

    @Query("SELECT * FROM point_export WHERE hash = :hash AND ended_at IS NULL")
    Optional<ExportRow> activeByHash(String hash);

    /// Newest first, those before the given place, of all vaults or of the given ones. A filter that is null lets
    /// everything through.
    @Query("""
            SELECT * FROM point_export
            WHERE (created_at, CAST(id AS VARCHAR(36))) < (:beforeTime, :beforeKey)
              AND (:all = TRUE OR vault IN (:vaults))
              AND (CAST(:vault AS VARCHAR) IS NULL OR vault = :vault)
              AND (CAST(:instance AS VARCHAR) IS NULL OR instance = :instance)
              AND (:ended = TRUE OR ended_at IS NULL)
            ORDER BY created_at DESC, CAST(id AS VARCHAR(36)) DESC LIMIT :count""")
    List<ExportRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String instance,
            boolean ended,
            int count);

    @Query("UPDATE point_export SET keep_job = :job WHERE id = :id")
    int setKeepJob(UUID id, @Nullable String job);

    @Query("UPDATE point_export SET ended_at = :at, end_reason = :reason, ended_by = :endedBy WHERE id = :id")
    int ended(UUID id, Instant at, String reason, String endedBy);

    long deleteByVaultAndInstance(String vault, String instance);
}
