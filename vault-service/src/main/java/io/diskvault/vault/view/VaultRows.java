package io.diskvault.vault.view;

import io.diskvault.command.CommandRejected;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.VaultRejection;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of backup vaults.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface VaultRows extends CrudRepository<VaultRow, String> {
    /// Newest first, those before the given place: all, or those of the given names.
    @Query("SELECT * FROM backup_vault WHERE (created_at, name) < (:beforeTime, :beforeKey)"
            + " AND (:all = TRUE OR name IN (:names))"
            + " ORDER BY created_at DESC, name DESC LIMIT :count")
    List<VaultRow> listBefore(Instant beforeTime, String beforeKey, boolean all, List<String> names, int count);

    @Query("UPDATE backup_vault SET soft_delete = :state, soft_delete_days = :days WHERE name = :name")
    int setSoftDelete(String name, String state, int days);

    @Query("UPDATE backup_vault SET immutability = :immutability WHERE name = :name")
    int setImmutability(String name, String immutability);

    /// @throws CommandRejected if there is no such vault
    default void require(VaultId vault) {
        if (!existsById(vault.name())) {
            throw VaultRejection.notFound(vault);
        }
    }
}
