package io.diskvault.resourcegroup;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a resource group refuses.
public enum ResourceGroupRejection implements Rejection {
    GROUP_NOT_FOUND(
            "ResourceGroupNotFound", Kind.NOT_FOUND, "Check the name, or list the groups with GET /resource-groups."),
    GROUP_NOT_EMPTY(
            "UserErrorResourceGroupNotEmpty",
            Kind.CONFLICT,
            "Delete its disks, and the backup instances whose snapshots go here, first; then the group."),
    GROUP_DIFFERS(
            "UserErrorResourceGroupAlreadyExists",
            Kind.CONFLICT,
            "Directories of a group never change. Choose another name, or delete the group first."),
    DIRECTORY_REFUSED(
            "UserErrorInvalidResourceGroupDirectory",
            Kind.INVALID,
            "Name an existing directory that the server may use; diskvault.allowed-roots (--allow) lists them.");

    private final Reason reason;

    ResourceGroupRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a group that is not there.
    public static CommandRejected notFound(ResourceGroupId group) {
        return new CommandRejected(GROUP_NOT_FOUND, "There is no resource group '%s'.".formatted(group.name()));
    }
}
