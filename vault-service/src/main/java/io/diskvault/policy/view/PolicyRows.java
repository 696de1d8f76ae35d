package io.diskvault.policy.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The table of backup policies.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PolicyRows extends CrudRepository<PolicyRow, String> {
    /// Those of one vault, newest first, before the given place.
    @Query("SELECT * FROM backup_policy WHERE vault = :vault"
            + " AND (created_at, id) < (:beforeTime, :beforeKey) ORDER BY created_at DESC, id DESC LIMIT :count")
    List<PolicyRow> listBefore(String vault, Instant beforeTime, String beforeKey, int count);

    List<PolicyRow> findByIdIn(Collection<String> ids);
}
