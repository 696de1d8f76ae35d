package io.diskvault.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.ResourceName;

/// Names a backup vault. Vaults are identified by their names, so two of one name cannot come to be.
public record VaultId(@JsonValue String name) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VaultId {
        ResourceName.check("backup vault", name);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "vault:" + name;
    }
}
