package io.diskvault.critical;

import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.GuardId;
import io.diskvault.vault.VaultId;
import java.util.Optional;
import java.util.function.Supplier;

/// Whose guard a command concerns, and what it would do. What it would do is asked only if there is a guard.
sealed interface Concern {
    Supplier<Optional<CriticalCall>> call();

    /// @param vault in which something is done
    /// @param call empty if it turns out to be harmless
    record OfVault(VaultId vault, Supplier<Optional<CriticalCall>> call) implements Concern {}

    /// @param guard to which itself something is done
    record OfGuard(GuardId guard, Supplier<Optional<CriticalCall>> call) implements Concern {}
}
