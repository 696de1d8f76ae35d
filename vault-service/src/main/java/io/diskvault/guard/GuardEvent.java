package io.diskvault.guard;

import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.Set;

/// What happened to a resource guard; stored for ever.
public sealed interface GuardEvent {
    GuardId guard();

    record GuardCreated(GuardId guard, Set<CriticalOperation> operations, Instant at) implements GuardEvent {}

    record GuardOperationsChanged(GuardId guard, Set<CriticalOperation> operations, Instant at) implements GuardEvent {}

    record GuardDeleted(GuardId guard, Instant at) implements GuardEvent {}

    record GuardedVaultAdded(GuardId guard, VaultId vault, Instant at) implements GuardEvent {}

    record GuardedVaultRemoved(GuardId guard, VaultId vault, Instant at) implements GuardEvent {}
}
