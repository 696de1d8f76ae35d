package io.diskvault.access.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// When tokens were last used.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TokenUseRows extends CrudRepository<TokenUseRow, UUID> {
    List<TokenUseRow> findByTokenIn(Collection<UUID> tokens);

    /// @return how many rows that changed: none if there is none, or it says the same or later already
    @Query("UPDATE api_token_use SET last_used = :at WHERE token = :token AND last_used < :at")
    long update(UUID token, Instant at);
}
