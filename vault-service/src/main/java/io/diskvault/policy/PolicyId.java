package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.command.ResourceName;
import io.diskvault.vault.VaultId;

/// Names a backup policy within its backup vault: `prod/gold`.
public record PolicyId(String vault, String name) {
    public PolicyId {
        ResourceName.check("backup vault", vault);
        ResourceName.check("backup policy", name);
    }

    /// Reads what [#path] wrote.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PolicyId parse(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw GeneralRejection.invalid("%s names no backup policy: give the vault and the name, as in prod/gold."
                    .formatted(Quoted.of(path)));
        }
        return new PolicyId(path.substring(0, slash), path.substring(slash + 1));
    }

    /// The policy and its vault in one word.
    @JsonValue
    public String path() {
        return vault + "/" + name;
    }

    public VaultId vaultId() {
        return new VaultId(vault);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "policy:" + path();
    }
}
