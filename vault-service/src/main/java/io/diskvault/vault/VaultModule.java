package io.diskvault.vault;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import io.diskvault.vault.VaultEvent.ImmutabilityChanged;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.vault.VaultEvent.VaultMemberAdded;
import io.diskvault.vault.VaultEvent.VaultMemberRemoved;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Backup vaults, wired.
@Singleton
final class VaultModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "vault.created", VaultCreated.class,
                "vault.soft-delete-changed", SoftDeleteChanged.class,
                "vault.immutability-changed", ImmutabilityChanged.class,
                "vault.deleted", VaultDeleted.class,
                "vault.member-added", VaultMemberAdded.class,
                "vault.member-removed", VaultMemberRemoved.class,
                "vault.snapshot", BackupVault.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, BackupVault.class);
    }
}
