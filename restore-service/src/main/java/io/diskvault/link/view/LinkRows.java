package io.diskvault.link.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of links.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface LinkRows extends CrudRepository<LinkRow, UUID> {
    Optional<LinkRow> findByHash(String hash);

    /// Newest first, those before the given place, of all vaults or of the given ones. A filter that is null lets
    /// everything through.
    @Query("""
            SELECT * FROM point_link
            WHERE (created_at, CAST(id AS VARCHAR(36))) < (:beforeTime, :beforeKey)
              AND (:all = TRUE OR vault IN (:vaults))
              AND (CAST(:vault AS VARCHAR) IS NULL OR vault = :vault)
              AND (CAST(:instance AS VARCHAR) IS NULL OR instance = :instance)
              AND (CAST(:recoveryPoint AS VARCHAR) IS NULL OR recovery_point = :recoveryPoint)
            ORDER BY created_at DESC, CAST(id AS VARCHAR(36)) DESC LIMIT :count""")
    List<LinkRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String instance,
            @Nullable String recoveryPoint,
            int count);

    @Query("UPDATE point_link SET revoked_at = :at WHERE id = :id")
    int revoked(UUID id, Instant at);

    @Query("UPDATE point_link SET last_used_at = :at, last_used_from = :address WHERE id = :id")
    int used(UUID id, Instant at, String address);

    long deleteByVaultAndInstance(String vault, String instance);
}
