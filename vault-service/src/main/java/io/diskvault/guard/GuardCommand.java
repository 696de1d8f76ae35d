package io.diskvault.guard;

import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a resource guard.
public sealed interface GuardCommand {
    GuardId guard();

    /// Makes a guard, or gives it other operations.
    record PutGuard(@TargetAggregateIdentifier GuardId guard, Set<CriticalOperation> operations, Instant at)
            implements GuardCommand {}

    record DeleteGuard(@TargetAggregateIdentifier GuardId guard, Instant at) implements GuardCommand {}

    /// Answers the [GuardTerms] and changes nothing.
    record AskGuardTerms(@TargetAggregateIdentifier GuardId guard) implements GuardCommand {}

    /// A vault is linked with the guard. Part of the transaction that links it.
    record AddGuardedVault(@TargetAggregateIdentifier GuardId guard, VaultId vault, Instant at)
            implements GuardCommand {}

    record RemoveGuardedVault(@TargetAggregateIdentifier GuardId guard, VaultId vault, Instant at)
            implements GuardCommand {}
}
