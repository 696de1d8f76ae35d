package io.diskvault.access.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of API tokens.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TokenRows extends CrudRepository<TokenRow, UUID> {
    Optional<TokenRow> findByHash(String hash);

    /// Newest first, those before the given place: all, or those of one principal.
    @Query("SELECT * FROM api_token WHERE (created_at, CAST(id AS VARCHAR(36))) < (:beforeTime, :beforeKey)"
            + " AND (:all = TRUE OR principal = :principal)"
            + " ORDER BY created_at DESC, CAST(id AS VARCHAR(36)) DESC LIMIT :count")
    List<TokenRow> listBefore(Instant beforeTime, String beforeKey, boolean all, String principal, int count);
}
