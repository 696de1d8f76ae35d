package io.diskvault.access;

import java.util.Arrays;
import java.util.Optional;

/// One thing that a principal may do, or not. `docs/roles.md` says which role allows what.
public enum Permission {
    VAULTS_READ("backupVaults/read"),
    VAULTS_WRITE("backupVaults/write"),
    VAULTS_DELETE("backupVaults/delete"),
    VAULTS_RECONCILE("backupVaults/reconcile"),
    POLICIES_WRITE("backupPolicies/write"),
    POLICIES_DELETE("backupPolicies/delete"),
    RESTORE_TEST_PLANS_WRITE("restoreTestPlans/write"),
    INSTANCES_WRITE("backupInstances/write"),
    INSTANCES_STOP("backupInstances/stop"),
    INSTANCES_DELETE("backupInstances/delete"),
    BACKUPS_START("backupInstances/backup"),
    RESTORES_START("backupInstances/restore"),
    POINTS_HOLD("recoveryPoints/hold"),
    POINTS_RELEASE("recoveryPoints/release"),
    /// Gives a recovery point to whoever has a link. Who may restore needs not be able to carry data away.
    POINTS_EXPORT("recoveryPoints/export"),
    JOBS_CANCEL("backupJobs/cancel"),
    ALERTS_WRITE("alerts/write"),
    GROUPS_READ("resourceGroups/read"),
    GROUPS_WRITE("resourceGroups/write"),
    GROUPS_DELETE("resourceGroups/delete"),
    DISKS_READ("disks/read"),
    DISKS_WRITE("disks/write"),
    DISKS_DELETE("disks/delete"),
    ASSIGNMENTS_READ("roleAssignments/read"),
    ASSIGNMENTS_WRITE("roleAssignments/write"),
    TOKENS_WRITE("tokens/write"),
    AUDIT_READ("audit/read"),
    METRICS_READ("metrics/read"),
    GUARDS_READ("resourceGuards/read"),
    GUARDS_WRITE("resourceGuards/write"),
    /// Decides about critical operations that others want to do.
    GUARDS_APPROVE("resourceGuards/approve"),
    /// A vault's identity reads what is on a disk.
    DISKS_BACK_UP("disks/beginGetAccess"),
    /// A vault's identity keeps snapshots in a resource group.
    SNAPSHOTS_WRITE("snapshots/write"),
    /// A vault's identity makes disks in a resource group.
    DISKS_RESTORE("disks/restore");

    private final String text;

    Permission(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    public static Optional<Permission> of(String text) {
        return Arrays.stream(values())
                .filter(permission -> permission.text.equals(text))
                .findFirst();
    }
}
