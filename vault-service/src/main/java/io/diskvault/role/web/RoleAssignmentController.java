package io.diskvault.role.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Role;
import io.diskvault.access.RoleAssignmentId;
import io.diskvault.access.RoleRejection;
import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRow;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.command.GeneralRejection;
import io.diskvault.role.RoleGrants;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/role-assignments`.
@Controller("/api/v1/role-assignments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RoleAssignmentController {
    private final RoleGrants grants;
    private final RoleAssignmentRows rows;
    private final Access access;
    private final Views views;

    RoleAssignmentController(RoleGrants grants, RoleAssignmentRows rows, Access access, Views views) {
        this.grants = grants;
        this.rows = rows;
        this.access = access;
        this.views = views;
    }

    /// @param principal a name, `oidc:NAME`, or `vault:NAME` for a vault's identity
    record RoleAssignmentRequest(
            @Nullable String principal,
            @Nullable String role,
            @Nullable String scope) {}

    record RoleAssignmentResponse(UUID id, String principal, String role, String scope, Instant createdTime) {
        static RoleAssignmentResponse of(RoleAssignmentRow row) {
            return new RoleAssignmentResponse(row.id(), row.principal(), row.role(), row.scope(), row.createdAt());
        }
    }

    @Post
    @Allow(value = Permission.ASSIGNMENTS_WRITE, checkedInside = true)
    HttpResponse<RoleAssignmentResponse> assign(@Body RoleAssignmentRequest request) {
        if (request.principal() == null || request.role() == null || request.scope() == null) {
            throw GeneralRejection.invalid("principal, role and scope are all needed.");
        }
        RoleAssignmentId id = grants.grant(request.principal(), Role.of(request.role()), Scope.parse(request.scope()));
        views.catchUp();
        RoleAssignmentRow row = rows.findById(id.value()).orElseThrow(() -> RoleRejection.notFound(id));
        return HttpResponse.created(RoleAssignmentResponse.of(row));
    }

    /// Those at scopes whose assignments the caller may read.
    @Get
    @Allow(value = Permission.ASSIGNMENTS_READ, checkedInside = true)
    Listing<RoleAssignmentResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.ASSIGNMENTS_READ);
        return Listing.of(
                rows.listBefore(from.time(), from.key(), reach.everywhere(), reach.scopes(), count + 1),
                count,
                RoleAssignmentResponse::of,
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }

    @Delete("/{id}")
    @Allow(value = Permission.ASSIGNMENTS_WRITE, checkedInside = true)
    HttpResponse<?> revoke(UUID id) {
        grants.revoke(new RoleAssignmentId(id));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
