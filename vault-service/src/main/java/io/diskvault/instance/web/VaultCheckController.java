package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.CheckOutcome;
import io.diskvault.instance.ProtectionCheck;
import io.diskvault.instance.Reconciliation;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/validate-for-backup` and `reconcile`.
@Controller("/api/v1/backup-vaults/{vault}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VaultCheckController {
    private final ProtectionCheck protection;
    private final Reconciliation reconciliation;
    private final VaultRows vaults;

    VaultCheckController(ProtectionCheck protection, Reconciliation reconciliation, VaultRows vaults) {
        this.protection = protection;
        this.reconciliation = reconciliation;
        this.vaults = vaults;
    }

    /// What an instance would be configured with.
    ///
    /// @param disk `resourceGroup/name`
    /// @param policy the name of a policy of the same vault
    /// @param snapshotResourceGroup where the recovery points would go
    record ValidationRequest(
            @Nullable String disk,
            @Nullable String policy,
            @Nullable String snapshotResourceGroup) {}

    /// Answers everything that stands against protecting a disk; 200 also if that is much.
    @Post("/validate-for-backup")
    @Allow(Permission.INSTANCES_WRITE)
    CheckOutcome validate(String vault, @Body ValidationRequest request) {
        return protection.check(
                existing(vault).name(), request.disk(), request.policy(), request.snapshotResourceGroup());
    }

    /// Compares the events with the datastores.
    @Post("/reconcile")
    @Allow(Permission.VAULTS_RECONCILE)
    Reconciliation.Report reconcile(String vault) {
        return reconciliation.run(existing(vault));
    }

    private VaultId existing(String vault) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        return id;
    }
}
