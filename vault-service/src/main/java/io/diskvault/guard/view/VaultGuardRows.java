package io.diskvault.guard.view;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.util.List;

/// The table of vaults that have a guard.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface VaultGuardRows extends CrudRepository<VaultGuardRow, String> {
    List<VaultGuardRow> findByGuardOrderByVault(String guard);
}
