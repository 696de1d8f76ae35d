package io.diskvault.guard;

import java.time.Instant;

/// What became of an approval request; stored for ever. That nobody decided in time is no event: the request says
/// until when it stands.
public sealed interface ApprovalEvent {
    ApprovalRequestId request();

    record ApprovalRequested(
            ApprovalRequestId request,
            GuardId guard,
            CriticalCall call,
            String requester,
            Instant expiresAt,
            Instant at)
            implements ApprovalEvent {}

    record RequestApproved(ApprovalRequestId request, String approver, Instant usableUntil, Instant at)
            implements ApprovalEvent {}

    record RequestDenied(ApprovalRequestId request, String approver, Instant at) implements ApprovalEvent {}

    record RequestCancelled(ApprovalRequestId request, Instant at) implements ApprovalEvent {}

    record ApprovalUsed(ApprovalRequestId request, Instant at) implements ApprovalEvent {}
}
