package io.diskvault.access;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a role assignment refuses, or a request because of one that is missing.
public enum RoleRejection implements Rejection {
    ASSIGNMENT_NOT_FOUND(
            "UserErrorRoleAssignmentNotFound",
            Kind.NOT_FOUND,
            "List the role assignments with GET /role-assignments and use an id from there."),
    NOT_FOR_VAULTS(
            "UserErrorRoleNotForVaults",
            Kind.INVALID,
            "Give it Disk Backup Reader, Disk Snapshot Contributor or Disk Restore Operator."),
    LAST_OWNER(
            "UserErrorLastOwner",
            Kind.CONFLICT,
            "Make another principal Owner of the server first, or nobody could grant anything any more."),
    NOT_ENOUGH_ON_DISK(
            "UserErrorNotEnoughPermissionOnDisk",
            Kind.CONFLICT,
            "Give the vault's identity Disk Backup Reader on the disk, or send grantMissing (--grant-missing)."),
    NOT_ENOUGH_ON_SNAPSHOT_GROUP(
            "UserErrorNotEnoughPermissionOnSnapshotRG",
            Kind.CONFLICT,
            "Give the vault's identity Disk Snapshot Contributor on the snapshot resource group, or send grantMissing (--grant-missing)."),
    NOT_ENOUGH_ON_TARGET_GROUP(
            "UserErrorNotEnoughPermissionOnTargetRG",
            Kind.CONFLICT,
            "Give the vault's identity Disk Restore Operator on the target resource group or disk, or send grantMissing (--grant-missing)."),
    FORBIDDEN("UserErrorForbidden", Kind.FORBIDDEN, "Ask an owner for a role that allows it."),
    NOTHING_TO_SEE(
            "UserErrorGenericResourceNotFound",
            Kind.NOT_FOUND,
            "Check the name, or ask an owner for a role that lets you see it.");

    private final Reason reason;

    RoleRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For an assignment that is not there, or that the caller may not see.
    public static CommandRejected notFound(RoleAssignmentId assignment) {
        return new CommandRejected(
                ASSIGNMENT_NOT_FOUND, "There is no role assignment with the id '%s'.".formatted(assignment.value()));
    }
}
