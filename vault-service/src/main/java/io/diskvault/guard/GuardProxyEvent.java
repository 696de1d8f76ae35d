package io.diskvault.guard;

import java.time.Instant;

/// With which guard a vault is linked; stored for ever.
public sealed interface GuardProxyEvent {
    GuardProxyId proxy();

    /// Also when it was linked with another guard before.
    record VaultGuarded(GuardProxyId proxy, GuardId guard, Instant at) implements GuardProxyEvent {}

    record VaultUnguarded(GuardProxyId proxy, Instant at) implements GuardProxyEvent {}
}
