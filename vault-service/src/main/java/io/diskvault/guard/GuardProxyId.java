package io.diskvault.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.vault.VaultId;

/// Identifies the place in a vault where its resource guard is named; Azure calls it the guard's proxy.
public record GuardProxyId(@JsonValue VaultId vault) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuardProxyId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "guard-proxy:" + vault.name();
    }
}
