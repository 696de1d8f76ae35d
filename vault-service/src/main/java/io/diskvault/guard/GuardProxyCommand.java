package io.diskvault.guard;

import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders about which guard a vault is linked with.
public sealed interface GuardProxyCommand {
    /// Links a vault with a guard, with another one, or with none: vault and guards learn of it in the same
    /// transaction.
    record GuardVault(VaultId vault, Optional<GuardId> guard, Instant at) implements GuardProxyCommand {}

    /// The vault is being deleted: its guard goes with it. Part of that transaction.
    record ForgetVault(VaultId vault, Instant at) implements GuardProxyCommand {}

    /// The proxy's own part of [GuardVault].
    record SetGuard(@TargetAggregateIdentifier GuardProxyId proxy, Optional<GuardId> guard, Instant at)
            implements GuardProxyCommand {}

    /// Answers the [LinkedGuard] and changes nothing.
    record AskGuard(@TargetAggregateIdentifier GuardProxyId proxy) implements GuardProxyCommand {}
}
