package io.diskvault.guard;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to an approval request.
public sealed interface ApprovalCommand {
    ApprovalRequestId request();

    /// @param requester who wants to do it, and nobody else may
    /// @param expiresAt from when on it can no longer be approved
    record RequestApproval(
            @TargetAggregateIdentifier ApprovalRequestId request,
            GuardId guard,
            CriticalCall call,
            String requester,
            Instant expiresAt,
            Instant at)
            implements ApprovalCommand {}

    /// @param usableUntil from when on the approval lets nothing through any more
    record ApproveRequest(
            @TargetAggregateIdentifier ApprovalRequestId request, String approver, Instant usableUntil, Instant at)
            implements ApprovalCommand {}

    /// Also takes an approval back that was not used yet.
    record DenyRequest(@TargetAggregateIdentifier ApprovalRequestId request, String approver, Instant at)
            implements ApprovalCommand {}

    /// The requester does not want it any more.
    record CancelRequest(@TargetAggregateIdentifier ApprovalRequestId request, String principal, Instant at)
            implements ApprovalCommand {}

    /// Lets a call through, once. Part of the transaction of what is let through.
    record UseApproval(
            @TargetAggregateIdentifier ApprovalRequestId request,
            GuardId guard,
            CriticalCall call,
            String principal,
            Instant at)
            implements ApprovalCommand {}
}
