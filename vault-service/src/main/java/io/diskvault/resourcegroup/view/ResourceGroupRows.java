package io.diskvault.resourcegroup.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of resource groups.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ResourceGroupRows extends CrudRepository<ResourceGroupRow, String> {
    /// Newest first, those before the given place: all, or those of the given names.
    @Query("SELECT * FROM resource_group WHERE (created_at, name) < (:beforeTime, :beforeKey)"
            + " AND (:all = TRUE OR name IN (:names))"
            + " ORDER BY created_at DESC, name DESC LIMIT :count")
    List<ResourceGroupRow> listBefore(Instant beforeTime, String beforeKey, boolean all, List<String> names, int count);

    /// Those with a datastore, by name: all, or those of the given names.
    @Query("SELECT * FROM resource_group WHERE datastore IS NOT NULL AND (:all = TRUE OR name IN (:names))"
            + " ORDER BY name LIMIT 1000")
    List<ResourceGroupRow> withDatastore(boolean all, List<String> names);
}
