package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.ResourceName;
import io.diskvault.vault.VaultId;

/// Names a backup instance: `vault/name`.
public record InstanceId(String vault, String name) {
    public InstanceId {
        ResourceName.check("backup vault", vault);
        ResourceName.check("backup instance", name);
    }

    /// Reads `vault/name`.
    @JsonCreator
    public static InstanceId parse(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw GeneralRejection.invalid("'%s' names no backup instance; write vault/name.".formatted(path));
        }
        return new InstanceId(path.substring(0, slash), path.substring(slash + 1));
    }

    /// As callers write it.
    @JsonValue
    public String path() {
        return vault + "/" + name;
    }

    public VaultId vaultId() {
        return new VaultId(vault);
    }

    /// What the instance's recovery points are filed under in a datastore. Names have no dots, so this is unambiguous.
    public String datastoreName() {
        return vault + "." + name;
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "instance:" + path();
    }
}
