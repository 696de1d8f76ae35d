package io.diskvault.guard;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.guard.ApprovalCommand.ApproveRequest;
import io.diskvault.guard.ApprovalCommand.CancelRequest;
import io.diskvault.guard.ApprovalCommand.DenyRequest;
import io.diskvault.guard.ApprovalCommand.RequestApproval;
import io.diskvault.guard.ApprovalCommand.UseApproval;
import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalEvent.ApprovalUsed;
import io.diskvault.guard.ApprovalEvent.RequestApproved;
import io.diskvault.guard.ApprovalEvent.RequestCancelled;
import io.diskvault.guard.ApprovalEvent.RequestDenied;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// One thing that one principal wants to do, and what others say to it. Nobody approves his own; an approval lets the
/// same principal do the same thing once, in its time.
@AggregateRoot(type = "ApprovalRequest")
final class ApprovalRequest {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable ApprovalRequestId id;

    @JsonProperty
    private @Nullable ApprovalRequested asked;

    @JsonProperty
    private ApprovalStatus status = ApprovalStatus.REQUESTED;

    @JsonProperty
    private @Nullable Instant usableUntil;

    ApprovalRequest() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequestApproval command) {
        if (asked == null) {
            apply(new ApprovalRequested(
                    command.request(),
                    command.guard(),
                    command.call(),
                    command.requester(),
                    command.expiresAt(),
                    command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ApproveRequest command) {
        ApprovalRequested known = known(command.request());
        requireOther(known, command.approver());
        if (status == ApprovalStatus.APPROVED && isUsable(command.at())) {
            return;
        }
        if (status != ApprovalStatus.REQUESTED) {
            throw notOpen(command.request(), status.text());
        }
        if (!command.at().isBefore(known.expiresAt())) {
            throw notOpen(command.request(), "expired since " + known.expiresAt());
        }
        apply(new RequestApproved(command.request(), command.approver(), command.usableUntil(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DenyRequest command) {
        requireOther(known(command.request()), command.approver());
        if (status != ApprovalStatus.DENIED) {
            requireUndone(command.request());
            apply(new RequestDenied(command.request(), command.approver(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CancelRequest command) {
        ApprovalRequested known = known(command.request());
        if (!known.requester().equals(command.principal())) {
            throw new CommandRejected(
                    GuardRejection.NOT_THE_REQUESTER,
                    "The approval request is of '%s', not of '%s'.".formatted(known.requester(), command.principal()));
        }
        if (status != ApprovalStatus.CANCELLED) {
            requireUndone(command.request());
            apply(new RequestCancelled(command.request(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UseApproval command) {
        ApprovalRequested known = known(command.request());
        boolean same = known.requester().equals(command.principal())
                && known.guard().equals(command.guard())
                && known.call().equals(command.call());
        if (!same || status != ApprovalStatus.APPROVED || !isUsable(command.at())) {
            throw new CommandRejected(
                    GuardRejection.APPROVAL_NOT_USABLE,
                    "The approval request %s does not let this through, or does so no longer."
                            .formatted(command.request().value()));
        }
        apply(new ApprovalUsed(command.request(), command.at()));
    }

    private ApprovalRequested known(ApprovalRequestId request) {
        if (asked == null) {
            throw GuardRejection.notFound(request);
        }
        return asked;
    }

    private static void requireOther(ApprovalRequested known, String approver) {
        if (known.requester().equals(approver)) {
            throw new CommandRejected(
                    GuardRejection.OWN_REQUEST,
                    "'%s' made this approval request and cannot decide about it, by whatever token."
                            .formatted(approver));
        }
    }

    private void requireUndone(ApprovalRequestId request) {
        if (status != ApprovalStatus.REQUESTED && status != ApprovalStatus.APPROVED) {
            throw notOpen(request, status.text());
        }
    }

    private static CommandRejected notOpen(ApprovalRequestId request, String state) {
        return new CommandRejected(
                GuardRejection.REQUEST_NOT_OPEN, "The approval request %s is %s.".formatted(request.value(), state));
    }

    private boolean isUsable(Instant at) {
        return usableUntil != null && at.isBefore(usableUntil);
    }

    @EventSourcingHandler
    void on(ApprovalRequested event) {
        id = event.request();
        asked = event;
    }

    @EventSourcingHandler
    void on(RequestApproved event) {
        status = ApprovalStatus.APPROVED;
        usableUntil = event.usableUntil();
    }

    @EventSourcingHandler
    void on(RequestDenied event) {
        status = ApprovalStatus.DENIED;
    }

    @EventSourcingHandler
    void on(RequestCancelled event) {
        status = ApprovalStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(ApprovalUsed event) {
        status = ApprovalStatus.USED;
    }
}
