package io.diskvault.guard.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.guard.ApprovalCommand;
import io.diskvault.guard.ApprovalCommand.ApproveRequest;
import io.diskvault.guard.ApprovalCommand.CancelRequest;
import io.diskvault.guard.ApprovalCommand.DenyRequest;
import io.diskvault.guard.ApprovalRequestId;
import io.diskvault.guard.ApprovalStatus;
import io.diskvault.guard.GuardRejection;
import io.diskvault.guard.GuardSettings;
import io.diskvault.guard.view.ApprovalRow;
import io.diskvault.guard.view.ApprovalRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/approval-requests`: what somebody wanted to do and could not alone. Requests are made by trying.
@Controller("/api/v1/approval-requests")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApprovalController {
    private final Access access;
    private final Commands commands;
    private final ApprovalRows rows;
    private final GuardSettings settings;
    private final Views views;
    private final Clock clock;

    ApprovalController(
            Access access, Commands commands, ApprovalRows rows, GuardSettings settings, Views views, Clock clock) {
        this.access = access;
        this.commands = commands;
        this.rows = rows;
        this.settings = settings;
        this.views = views;
        this.clock = clock;
    }

    /// @param approver who approved or denied it
    /// @param expiresAt until when it can be approved
    /// @param usableUntil until when its approval can be used, once
    record ApprovalResponse(
            UUID id,
            String status,
            String guard,
            String operation,
            String resource,
            String detail,
            String requester,
            Instant requestedTime,
            Instant expiresAt,
            @Nullable String approver,
            @Nullable Instant decidedTime,
            @Nullable Instant usableUntil,
            @Nullable Instant usedTime) {
        static ApprovalResponse of(ApprovalRow row, Instant now) {
            return new ApprovalResponse(
                    row.id(),
                    row.statusAt(now).text(),
                    row.guard(),
                    row.operation(),
                    row.resource(),
                    row.detail(),
                    row.requester(),
                    row.requestedAt(),
                    row.expiresAt(),
                    row.approver(),
                    row.decidedAt(),
                    row.usableUntil(),
                    row.usedAt());
        }
    }

    /// One's own, and those at guards that one may read.
    @Get
    @Allow(value = Permission.GUARDS_READ, checkedInside = true)
    Listing<ApprovalResponse> list(
            @QueryValue @Nullable String status,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        String asked = status == null ? null : ApprovalStatus.of(status).text();
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.GUARDS_READ);
        Instant now = clock.instant();
        views.catchUp();
        return Listing.of(
                rows.listBefore(
                        from.time(),
                        from.key(),
                        reach.everywhere(),
                        access.me(),
                        reach.scopes(),
                        asked,
                        now,
                        count + 1),
                count,
                row -> ApprovalResponse.of(row, now),
                row -> new Cursor(row.requestedAt(), row.id().toString()));
    }

    @Get("/{id}")
    @Allow(value = Permission.GUARDS_READ, checkedInside = true)
    ApprovalResponse get(UUID id) {
        return ApprovalResponse.of(visible(id), clock.instant());
    }

    /// A refusal names its request at once and does not wait until it can be read, so that is done here.
    private ApprovalRow visible(UUID id) {
        views.catchUp();
        return rows.findById(id)
                .filter(row -> row.requester().equals(access.me())
                        || access.may(Permission.GUARDS_READ, Scope.guard(row.guard())))
                .orElseThrow(() -> GuardRejection.notFound(new ApprovalRequestId(id)));
    }

    /// Lets the requester do it, once, in the next hours.
    @Post("/{id}/approve")
    @Allow(value = Permission.GUARDS_APPROVE, checkedInside = true)
    ApprovalResponse approve(UUID id) {
        requireApprover(id);
        Instant now = clock.instant();
        return send(
                new ApproveRequest(new ApprovalRequestId(id), access.me(), now.plus(settings.approvalValidity()), now));
    }

    /// Also takes an approval back that was not used yet.
    @Post("/{id}/deny")
    @Allow(value = Permission.GUARDS_APPROVE, checkedInside = true)
    ApprovalResponse deny(UUID id) {
        requireApprover(id);
        return send(new DenyRequest(new ApprovalRequestId(id), access.me(), clock.instant()));
    }

    private void requireApprover(UUID id) {
        access.require(Permission.GUARDS_APPROVE, Scope.guard(visible(id).guard()));
    }

    /// By whoever made it.
    @Post("/{id}/cancel")
    @Allow(value = Permission.GUARDS_READ, checkedInside = true)
    ApprovalResponse cancel(UUID id) {
        visible(id);
        return send(new CancelRequest(new ApprovalRequestId(id), access.me(), clock.instant()));
    }

    private ApprovalResponse send(ApprovalCommand command) {
        commands.send(command);
        return get(command.request().value());
    }
}
