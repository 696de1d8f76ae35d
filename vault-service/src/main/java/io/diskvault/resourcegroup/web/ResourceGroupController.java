package io.diskvault.resourcegroup.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.resourcegroup.GroupDirectories;
import io.diskvault.resourcegroup.ResourceGroupCommand.CreateResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupCommand.DeleteResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.ResourceGroupRejection;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `/api/v1/resource-groups`.
@Controller("/api/v1/resource-groups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResourceGroupController {
    private final Access access;
    private final Commands commands;
    private final GroupDirectories directories;
    private final ResourceGroupRows rows;
    private final Views views;
    private final Clock clock;

    ResourceGroupController(
            Access access,
            Commands commands,
            GroupDirectories directories,
            ResourceGroupRows rows,
            Views views,
            Clock clock) {
        this.access = access;
        this.commands = commands;
        this.directories = directories;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    record ResourceGroupRequest(
            @Nullable String disksRoot, @Nullable String datastore) {}

    record ResourceGroupResponse(
            String name,
            @Nullable String disksRoot,
            @Nullable String datastore,
            Instant createdTime) {
        static ResourceGroupResponse of(ResourceGroupRow row) {
            return new ResourceGroupResponse(row.name(), row.disksRoot(), row.datastore(), row.createdAt());
        }
    }

    @Put("/{group}")
    @Allow(Permission.GROUPS_WRITE)
    HttpResponse<ResourceGroupResponse> put(String group, @Body ResourceGroupRequest request) {
        ResourceGroupId id = new ResourceGroupId(group);
        if (request.disksRoot() == null && request.datastore() == null) {
            throw GeneralRejection.invalid("disksRoot and datastore are both missing; give one or both.");
        }
        Path disksRoot = request.disksRoot() == null ? null : directories.disksRoot(request.disksRoot());
        Path datastore = request.datastore() == null ? null : directories.datastore(request.datastore());
        boolean existed = rows.existsById(group);
        if (datastore != null && !existed) {
            directories.prepareDatastore(datastore);
        }
        commands.send(new CreateResourceGroup(id, text(disksRoot), text(datastore), clock.instant()));
        views.catchUp();
        ResourceGroupResponse answer = get(group);
        return existed ? HttpResponse.ok(answer) : HttpResponse.created(answer);
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    @Get("/{group}")
    @Allow(Permission.GROUPS_READ)
    ResourceGroupResponse get(String group) {
        ResourceGroupId id = new ResourceGroupId(group);
        return ResourceGroupResponse.of(rows.findById(group).orElseThrow(() -> ResourceGroupRejection.notFound(id)));
    }

    @Get
    @Allow(value = Permission.GROUPS_READ, checkedInside = true)
    Listing<ResourceGroupResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.GROUPS_READ);
        return Listing.of(
                rows.listBefore(from.time(), from.key(), reach.everywhere(), reach.groups(), count + 1),
                count,
                ResourceGroupResponse::of,
                row -> new Cursor(row.createdAt(), row.name()));
    }

    @Delete("/{group}")
    @Allow(Permission.GROUPS_DELETE)
    HttpResponse<?> delete(String group) {
        commands.send(new DeleteResourceGroup(new ResourceGroupId(group), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
