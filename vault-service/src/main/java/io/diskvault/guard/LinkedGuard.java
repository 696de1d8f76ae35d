package io.diskvault.guard;

import java.util.Optional;

/// The guard of a vault.
///
/// @param guard empty if it has none
public record LinkedGuard(Optional<GuardId> guard) {}
