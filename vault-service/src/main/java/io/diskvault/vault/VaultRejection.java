package io.diskvault.vault;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a backup vault refuses.
public enum VaultRejection implements Rejection {
    VAULT_NOT_FOUND(
            "UserErrorBackupVaultNotFound",
            Kind.NOT_FOUND,
            "Check the name, or list the vaults with GET /backup-vaults."),
    VAULT_NOT_EMPTY(
            "UserErrorBackupVaultNotEmpty",
            Kind.CONFLICT,
            "Delete its backup instances, purge the deleted ones, and delete its backup policies and its restore test plan; then the vault."),
    IMMUTABILITY_LOCKED(
            "UserErrorUnsupportedVaultImmutabilityStateChange",
            Kind.CONFLICT,
            "Leave it Locked: that is for ever. Make another vault for what has to be deleted sooner."),
    IMMUTABILITY_NOT_TRIED(
            "UserErrorUnsupportedVaultImmutabilityStateChange",
            Kind.CONFLICT,
            "Set it to Unlocked, see that everything works, and lock it then."),
    SOFT_DELETE_ALWAYS_ON(
            "UserErrorDisableSoftDeleteNotAllowed",
            Kind.CONFLICT,
            "Leave the state AlwaysOn, with at least as many days as now.");

    private final Reason reason;

    VaultRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a vault that is not there.
    public static CommandRejected notFound(VaultId vault) {
        return new CommandRejected(VAULT_NOT_FOUND, "There is no backup vault '%s'.".formatted(vault.name()));
    }
}
