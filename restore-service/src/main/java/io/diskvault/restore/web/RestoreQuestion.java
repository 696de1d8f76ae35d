package io.diskvault.restore.web;

import io.diskvault.access.Access;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restore.Obstacles;
import io.diskvault.restore.RestoreCheck;
import io.diskvault.restore.RestoreRejection;
import io.diskvault.restore.RestoreWish;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What stands against what a caller wants restored, the caller's own rights included.
@Singleton
class RestoreQuestion {
    private final Access access;
    private final InstanceCatalog instances;
    private final RestoreCheck check;

    RestoreQuestion(Access access, InstanceCatalog instances, RestoreCheck check) {
        this.access = access;
        this.instances = instances;
        this.check = check;
    }

    /// Looks for everything.
    ///
    /// @return what is wanted; nothing if it makes no sense
    Optional<RestoreWish> look(InstanceId instance, RestoreRequest request, Obstacles obstacles) {
        ProtectedInstance source = instances.known(instance);
        obstacles.look(() -> instances.restorable(instance));
        Optional<RestoreWish> wish = obstacles.find(() -> request.wish(instance, source.disk()));
        wish.ifPresent(wanted -> look(wanted, request.grantMissing(), obstacles));
        return wish;
    }

    private void look(RestoreWish wish, boolean grantMissing, Obstacles obstacles) {
        boolean targetKnown = obstacles
                .find(() -> {
                    requireRights(wish);
                    return true;
                })
                .isPresent();
        check.look(wish, targetKnown, !grantMissing, obstacles);
    }

    /// Who makes a new disk has to see its group. Who writes over one takes away what is on it, and needs the right to
    /// do so at the disk, whatever the vault's identity may.
    private void requireRights(RestoreWish wish) {
        DiskId disk = wish.disk();
        if (wish.overwrite()) {
            access.require(Permission.DISKS_RESTORE, Scope.disk(disk.resourceGroup(), disk.name()));
        } else {
            requireVisible(disk.group());
        }
    }

    private void requireVisible(ResourceGroupId group) {
        if (!access.may(Permission.GROUPS_READ, Scope.group(group.name()))) {
            throw RestoreRejection.targetGroupNotFound(group);
        }
    }
}
