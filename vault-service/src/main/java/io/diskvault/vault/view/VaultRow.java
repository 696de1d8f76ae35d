package io.diskvault.vault.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// One backup vault as people see it.
///
/// @param identity the principal as which the vault acts
/// @param softDelete `Off`, `On` or `AlwaysOn`
/// @param softDeleteDays how long deleted instances are kept
/// @param immutability `Disabled`, `Unlocked` or `Locked`
@MappedEntity("backup_vault")
public record VaultRow(
        @Id String name,
        UUID identity,
        String softDelete,
        int softDeleteDays,
        String immutability,
        Instant createdAt) {}
