package io.diskvault.guard;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a resource guard, or a request for its approval, refuses.
public enum GuardRejection implements Rejection {
    GUARD_NOT_FOUND(
            "UserErrorResourceGuardNotFound",
            Kind.NOT_FOUND,
            "Check the name, or list the guards with GET /resource-guards."),
    GUARD_IN_USE(
            "UserErrorResourceGuardInUse",
            Kind.CONFLICT,
            "Take it off the vaults first; that needs an approval itself."),
    NO_APPROVER(
            "UserErrorResourceGuardWithoutApprover",
            Kind.CONFLICT,
            "Give two people the role: diskvault role assign NAME \"Backup MUA Admin\" guard:NAME"),
    LAST_APPROVER(
            "UserErrorLastApprover",
            Kind.CONFLICT,
            "Give another principal the role first, or nobody could approve anything any more."),
    APPROVAL_REQUIRED(
            "UserErrorResourceGuardApprovalRequired",
            Kind.FORBIDDEN,
            "Have the request approved by somebody else (diskvault approval approve ID), then send the same request again."),
    TOO_MANY_REQUESTS(
            "UserErrorTooManyApprovalRequests",
            Kind.LIMIT_REACHED,
            "Cancel some of your approval requests (diskvault approval cancel ID), or wait until they are decided."),
    REQUEST_NOT_FOUND(
            "UserErrorApprovalRequestNotFound",
            Kind.NOT_FOUND,
            "List the requests with GET /approval-requests and use an id from there."),
    OWN_REQUEST("UserErrorOwnApprovalRequest", Kind.FORBIDDEN, "Ask another principal with the role Backup MUA Admin."),
    NOT_THE_REQUESTER("UserErrorNotTheRequester", Kind.FORBIDDEN, "Deny it instead, or ask whoever made it."),
    REQUEST_NOT_OPEN(
            "UserErrorApprovalRequestNotOpen",
            Kind.CONFLICT,
            "Send the refused request again: that makes a new approval request."),
    APPROVAL_NOT_USABLE(
            "UserErrorApprovalNotUsable",
            Kind.FORBIDDEN,
            "Send the refused request again: that makes a new approval request.");

    private final Reason reason;

    GuardRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a guard that is not there.
    public static CommandRejected notFound(GuardId guard) {
        return new CommandRejected(GUARD_NOT_FOUND, "There is no resource guard '%s'.".formatted(guard.name()));
    }

    /// For a request that is not there, or that the caller may not see.
    public static CommandRejected notFound(ApprovalRequestId request) {
        return new CommandRejected(
                REQUEST_NOT_FOUND, "There is no approval request with the id '%s'.".formatted(request.value()));
    }
}
