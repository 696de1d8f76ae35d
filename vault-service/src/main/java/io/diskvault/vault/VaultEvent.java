package io.diskvault.vault;

import java.time.Instant;
import java.util.UUID;

/// What happened to a backup vault; stored for ever.
public sealed interface VaultEvent {
    VaultId vault();

    record VaultCreated(VaultId vault, UUID identity, SoftDelete softDelete, Instant at) implements VaultEvent {}

    record SoftDeleteChanged(VaultId vault, SoftDelete softDelete, Instant at) implements VaultEvent {}

    record ImmutabilityChanged(VaultId vault, Immutability immutability, Instant at) implements VaultEvent {}

    record VaultDeleted(VaultId vault, Instant at) implements VaultEvent {}

    record VaultMemberAdded(VaultId vault, String member, Instant at) implements VaultEvent {}

    record VaultMemberRemoved(VaultId vault, String member, Instant at) implements VaultEvent {}
}
