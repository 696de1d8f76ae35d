package io.diskvault.vault;

/// What protects the recovery points of a vault.
public record VaultSettings(SoftDelete softDelete, Immutability immutability) {
    /// What a vault has that was made without saying.
    static final VaultSettings DEFAULT = new VaultSettings(SoftDelete.DEFAULT, Immutability.DISABLED);
}
