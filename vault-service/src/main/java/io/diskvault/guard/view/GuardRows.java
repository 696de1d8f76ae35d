package io.diskvault.guard.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of resource guards.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface GuardRows extends CrudRepository<GuardRow, String> {
    /// Newest first, those before the given place: all, or those at the given scopes.
    @Query("SELECT * FROM resource_guard WHERE (created_at, name) < (:beforeTime, :beforeKey)"
            + " AND (:all = TRUE OR 'guard:' || name IN (:scopes))"
            + " ORDER BY created_at DESC, name DESC LIMIT :count")
    List<GuardRow> listBefore(Instant beforeTime, String beforeKey, boolean all, List<String> scopes, int count);
}
