package io.diskvault.guard;

import io.diskvault.access.Role;
import io.diskvault.command.CommandRejected;
import io.diskvault.guard.ApprovalCommand.RequestApproval;
import io.diskvault.guard.ApprovalCommand.UseApproval;
import io.diskvault.guard.view.ApprovalRow;
import io.diskvault.guard.view.ApprovalRows;
import io.diskvault.web.Views;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Lets critical operations through that were approved. For others it makes a request, so that whoever is refused
/// need not say once more what he wants, and every attempt is on record.
@Singleton
public class Approvals {
    /// A thief who tries everything fills no list beyond this.
    private static final int OPEN_MAX = 100;

    private final ApprovalRows rows;
    private final BeanProvider<Views> views;
    private final GuardSettings settings;

    /// @param views made after the command bus, which this is part of
    Approvals(ApprovalRows rows, BeanProvider<Views> views, GuardSettings settings) {
        this.rows = rows;
        this.views = views;
        this.settings = settings;
    }

    /// Uses up an approval, in the transaction of what is approved: if that fails, the approval is there still. The
    /// rows only say where to look; the request itself decides.
    ///
    /// @throws CommandRejected if there is none; a request for it is recorded then
    public void require(CommandGateway commands, GuardId guard, CriticalCall call, String principal, Instant at) {
        views.get().catchUp();
        List<ApprovalRow> same = rows.findByRequesterAndResourceOrderByRequestedAt(principal, call.resource()).stream()
                .filter(row -> row.isFor(guard, call))
                .toList();
        Optional<ApprovalRow> approved = same.stream()
                .filter(row -> row.statusAt(at) == ApprovalStatus.APPROVED)
                .findFirst();
        if (approved.isPresent()) {
            commands.<Object>sendAndWait(
                    new UseApproval(new ApprovalRequestId(approved.get().id()), guard, call, principal, at));
            return;
        }
        Optional<ApprovalRow> waiting = same.stream()
                .filter(row -> row.statusAt(at) == ApprovalStatus.REQUESTED)
                .findFirst();
        throw waiting.isPresent()
                ? refusal(
                        waiting.get().id(),
                        guard,
                        call,
                        principal,
                        waiting.get().expiresAt())
                : requested(guard, call, principal, at);
    }

    private CommandRejected requested(GuardId guard, CriticalCall call, String principal, Instant at) {
        if (rows.countOpen(principal, at) >= OPEN_MAX) {
            return new CommandRejected(
                    GuardRejection.TOO_MANY_REQUESTS,
                    "'%s' has %d approval requests that nobody has decided about.".formatted(principal, OPEN_MAX));
        }
        UUID id = UUID.randomUUID();
        Instant expiresAt = at.plus(settings.requestValidity());
        return refusal(id, guard, call, principal, expiresAt)
                .recordedBy(new RequestApproval(new ApprovalRequestId(id), guard, call, principal, expiresAt, at));
    }

    private static CommandRejected refusal(
            UUID id, GuardId guard, CriticalCall call, String principal, Instant expiresAt) {
        return new CommandRejected(
                GuardRejection.APPROVAL_REQUIRED,
                ("%s at %s (%s) is a critical operation of the resource guard '%s'. The approval request %s waits for it"
                                + " until %s: somebody with the role %s at guard:%s, other than '%s', approves it with"
                                + " diskvault approval approve %s")
                        .formatted(
                                call.operation().text(),
                                call.resource(),
                                call.detail(),
                                guard.name(),
                                id,
                                expiresAt,
                                Role.BACKUP_MUA_ADMIN.text(),
                                guard.name(),
                                principal,
                                id));
    }
}
