package io.diskvault.vault;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a backup vault.
public sealed interface VaultCommand {
    VaultId vault();

    /// @param identity the principal as which the vault will act; taken if the vault is new
    /// @param softDelete empty to leave it as it is, in a new vault as usual
    record CreateVault(
            @TargetAggregateIdentifier VaultId vault, UUID identity, Optional<SoftDelete> softDelete, Instant at)
            implements VaultCommand {}

    /// Answers what becomes of instances that are deleted.
    record AskSoftDelete(@TargetAggregateIdentifier VaultId vault) implements VaultCommand {}

    record SetImmutability(@TargetAggregateIdentifier VaultId vault, Immutability immutability, Instant at)
            implements VaultCommand {}

    /// Answers whether recovery points have to stay until their time is up.
    record AskWhetherImmutable(@TargetAggregateIdentifier VaultId vault) implements VaultCommand {}

    /// Answers the [VaultSettings]; for a vault that is not there those that it would be made with.
    record AskVaultSettings(@TargetAggregateIdentifier VaultId vault) implements VaultCommand {}

    record DeleteVault(@TargetAggregateIdentifier VaultId vault, Instant at) implements VaultCommand {}

    /// A policy or an instance comes into the vault. Part of the transaction that makes it.
    ///
    /// @param member the stream of the policy or instance
    record AddVaultMember(@TargetAggregateIdentifier VaultId vault, String member, Instant at)
            implements VaultCommand {}

    record RemoveVaultMember(@TargetAggregateIdentifier VaultId vault, String member, Instant at)
            implements VaultCommand {}
}
