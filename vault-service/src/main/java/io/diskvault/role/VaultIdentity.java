package io.diskvault.role;

import io.diskvault.access.Access;
import io.diskvault.access.Grants;
import io.diskvault.access.Permission;
import io.diskvault.access.Principals;
import io.diskvault.access.Role;
import io.diskvault.access.RoleRejection;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.VaultRejection;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What vaults may do as themselves: read the disks that they protect, keep snapshots, make restored disks. Asked when
/// a disk is protected or restored, and again when a job starts, because grants change.
@Singleton
public class VaultIdentity {
    private final VaultRows vaults;
    private final Access access;
    private final RoleGrants grants;
    private final Views views;

    VaultIdentity(VaultRows vaults, Access access, RoleGrants grants, Views views) {
        this.vaults = vaults;
        this.access = access;
        this.grants = grants;
        this.views = views;
    }

    /// A role that a vault's identity needs and has not.
    ///
    /// @param permission which of the role's permissions counts
    /// @param rejection the code under which that is refused
    public record Missing(VaultId vault, Role role, Permission permission, Scope scope, RoleRejection rejection) {
        /// Says what is missing and what mends it.
        public CommandRejected refusal() {
            return new CommandRejected(rejection, said());
        }

        private String said() {
            return "The identity of the backup vault '%s' lacks the role %s at %s; give it with: %s"
                    .formatted(vault.name(), role.text(), scope, mend());
        }

        private String mend() {
            return "diskvault role assign vault:%s \"%s\" %s".formatted(vault.name(), role.text(), scope);
        }
    }

    /// What is missing to back a disk up.
    public List<Missing> missingToBackUp(VaultId vault, DiskId disk, ResourceGroupId snapshotGroup) {
        return lacking(vault, List.of(onDisk(vault, disk), onSnapshotGroup(vault, snapshotGroup)));
    }

    /// What is missing to make a disk of a recovery point.
    public List<Missing> missingToRestore(VaultId vault, ResourceGroupId snapshotGroup, ResourceGroupId targetGroup) {
        return lacking(vault, List.of(onSnapshotGroup(vault, snapshotGroup), onTargetGroup(vault, targetGroup)));
    }

    /// What is missing to write a recovery point over a disk. The disk is enough; its group has it, too.
    public List<Missing> missingToOverwrite(VaultId vault, ResourceGroupId snapshotGroup, DiskId disk) {
        return lacking(vault, List.of(onSnapshotGroup(vault, snapshotGroup), onTargetDisk(vault, disk)));
    }

    /// What is missing to read a recovery point.
    public List<Missing> missingToExport(VaultId vault, ResourceGroupId snapshotGroup) {
        return lacking(vault, List.of(onSnapshotGroup(vault, snapshotGroup)));
    }

    private static Missing onDisk(VaultId vault, DiskId disk) {
        return new Missing(
                vault,
                Role.DISK_BACKUP_READER,
                Permission.DISKS_BACK_UP,
                Scope.disk(disk.resourceGroup(), disk.name()),
                RoleRejection.NOT_ENOUGH_ON_DISK);
    }

    private static Missing onSnapshotGroup(VaultId vault, ResourceGroupId group) {
        return new Missing(
                vault,
                Role.DISK_SNAPSHOT_CONTRIBUTOR,
                Permission.SNAPSHOTS_WRITE,
                Scope.group(group.name()),
                RoleRejection.NOT_ENOUGH_ON_SNAPSHOT_GROUP);
    }

    private static Missing onTargetGroup(VaultId vault, ResourceGroupId group) {
        return new Missing(
                vault,
                Role.DISK_RESTORE_OPERATOR,
                Permission.DISKS_RESTORE,
                Scope.group(group.name()),
                RoleRejection.NOT_ENOUGH_ON_TARGET_GROUP);
    }

    private static Missing onTargetDisk(VaultId vault, DiskId disk) {
        return new Missing(
                vault,
                Role.DISK_RESTORE_OPERATOR,
                Permission.DISKS_RESTORE,
                Scope.disk(disk.resourceGroup(), disk.name()),
                RoleRejection.NOT_ENOUGH_ON_TARGET_GROUP);
    }

    private List<Missing> lacking(VaultId vault, List<Missing> needed) {
        Grants own = grantsOf(vault);
        return needed.stream()
                .filter(need -> !own.allow(need.permission(), need.scope()))
                .toList();
    }

    private Grants grantsOf(VaultId vault) {
        return vaults.findById(vault.name())
                .map(row -> access.of(Principals.ofVault(row.name(), row.identity())))
                .orElseThrow(() -> VaultRejection.notFound(vault));
    }

    /// @throws CommandRejected with the code of the first that is missing, naming all
    public static void require(List<Missing> missing) {
        if (!missing.isEmpty()) {
            throw new CommandRejected(
                    missing.getFirst().rejection(),
                    missing.stream().map(Missing::said).collect(Collectors.joining(" ")));
        }
    }

    /// Makes sure that a vault may back a disk up.
    ///
    /// @param grant whether to give it first what it lacks
    /// @throws CommandRejected if something is missing, or the caller may not give it away
    public void ensureBackUp(VaultId vault, DiskId disk, ResourceGroupId snapshotGroup, boolean grant) {
        ensure(() -> missingToBackUp(vault, disk, snapshotGroup), grant);
    }

    /// The same for making a disk of a recovery point.
    public void ensureRestore(
            VaultId vault, ResourceGroupId snapshotGroup, ResourceGroupId targetGroup, boolean grant) {
        ensure(() -> missingToRestore(vault, snapshotGroup, targetGroup), grant);
    }

    /// The same for making copies that are tested and thrown away.
    public void ensureScratch(VaultId vault, ResourceGroupId scratchGroup, boolean grant) {
        ensure(() -> lacking(vault, List.of(onTargetGroup(vault, scratchGroup))), grant);
    }

    /// The same for writing a recovery point over a disk.
    public void ensureOverwrite(VaultId vault, ResourceGroupId snapshotGroup, DiskId disk, boolean grant) {
        ensure(() -> missingToOverwrite(vault, snapshotGroup, disk), grant);
    }

    private void ensure(Supplier<List<Missing>> missing, boolean grant) {
        if (grant) {
            grant(missing.get());
        }
        require(missing.get());
    }

    /// Gives a vault what it lacks.
    ///
    /// @throws CommandRejected if the caller may not give that away; what was given until then stays
    private void grant(List<Missing> missing) {
        missing.forEach(one -> access.require(Permission.ASSIGNMENTS_WRITE, one.scope()));
        missing.forEach(one -> grants.grant(Scope.vault(one.vault().name()).text(), one.role(), one.scope()));
        if (!missing.isEmpty()) {
            views.catchUp();
        }
    }
}
