package io.diskvault.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.command.ResourceName;
import java.util.Optional;

/// Where a role counts: on the whole server, in a vault, in a resource group, for one disk, or at a resource guard.
/// What is inside inherits it: `server` has all vaults, groups and guards, a group its disks.
///
/// @param text `server`, `vault:prod`, `group:vm-disks`, `disk:vm-disks/web-1` or `guard:main`
public record Scope(@JsonValue String text) {
    public static final Scope SERVER = new Scope("server");

    private static final String VAULT = "vault:";
    private static final String GROUP = "group:";
    private static final String DISK = "disk:";
    private static final String GUARD = "guard:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scope {}

    public static Scope vault(String name) {
        return new Scope(VAULT + name);
    }

    public static Scope group(String name) {
        return new Scope(GROUP + name);
    }

    public static Scope disk(String group, String name) {
        return new Scope(DISK + group + "/" + name);
    }

    public static Scope guard(String name) {
        return new Scope(GUARD + name);
    }

    /// Reads a scope that somebody typed.
    ///
    /// @throws io.diskvault.command.CommandRejected if it is none, or has an impossible name
    public static Scope parse(String text) {
        Scope scope = new Scope(text);
        int slash = text.indexOf('/');
        if (scope.equals(SERVER)) {
            return scope;
        } else if (scope.vaultName().isPresent()) {
            ResourceName.check("backup vault", scope.vaultName().get());
        } else if (scope.groupName().isPresent()) {
            ResourceName.check("resource group", scope.groupName().get());
        } else if (scope.guardName().isPresent()) {
            ResourceName.check("resource guard", scope.guardName().get());
        } else if (text.startsWith(DISK) && slash > 0) {
            ResourceName.check("resource group", text.substring(DISK.length(), slash));
            ResourceName.check("disk", text.substring(slash + 1));
        } else {
            throw GeneralRejection.invalid(
                    "scope is %s; it is server, vault:NAME, group:NAME, disk:GROUP/NAME or guard:NAME."
                            .formatted(Quoted.of(text)));
        }
        return scope;
    }

    /// The scope that this one inherits from first; empty for the server.
    public Optional<Scope> parent() {
        if (equals(SERVER)) {
            return Optional.empty();
        }
        return Optional.of(
                text.startsWith(DISK)
                        ? group(text.substring(DISK.length(), Math.max(DISK.length(), text.indexOf('/'))))
                        : SERVER);
    }

    /// The vault's name, if this is a vault.
    public Optional<String> vaultName() {
        return nameAfter(VAULT);
    }

    /// The resource group's name, if this is a group.
    public Optional<String> groupName() {
        return nameAfter(GROUP);
    }

    /// The disk as `group/name`, if this is a disk.
    public Optional<String> diskPath() {
        return nameAfter(DISK);
    }

    /// The resource guard's name, if this is one.
    public Optional<String> guardName() {
        return nameAfter(GUARD);
    }

    private Optional<String> nameAfter(String kind) {
        return text.startsWith(kind) ? Optional.of(text.substring(kind.length())) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
