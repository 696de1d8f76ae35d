package io.diskvault.link.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.link.LinkCommand.RevokeLink;
import io.diskvault.link.LinkId;
import io.diskvault.link.LinkRejection;
import io.diskvault.link.view.LinkRow;
import io.diskvault.link.view.LinkRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/recovery-point-links`: the links in vaults where the caller could make some.
@Controller("/api/v1/recovery-point-links")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LinkController {
    private final Access access;
    private final LinkRows rows;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    LinkController(Access access, LinkRows rows, Commands commands, Views views, Clock clock) {
        this.access = access;
        this.rows = rows;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    @Get
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    Listing<LinkResponse> list(
            @QueryValue @Nullable String vault,
            @QueryValue @Nullable String instance,
            @QueryValue @Nullable String recoveryPoint,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.POINTS_EXPORT);
        Instant now = clock.instant();
        return Listing.of(
                rows.listBefore(
                        from.time(),
                        from.key(),
                        reach.everywhere(),
                        reach.vaults(),
                        vault,
                        instance,
                        recoveryPoint,
                        count + 1),
                count,
                row -> LinkResponse.of(row, now),
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }

    @Get("/{id}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    LinkResponse get(UUID id) {
        return LinkResponse.of(visible(id), clock.instant());
    }

    /// The link opens nothing from now on, and transfers that run by it end.
    @Delete("/{id}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> revoke(UUID id) {
        commands.send(new RevokeLink(new LinkId(visible(id).id()), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }

    private LinkRow visible(UUID id) {
        return rows.findById(id)
                .filter(link -> access.may(Permission.POINTS_EXPORT, Scope.vault(link.vault())))
                .orElseThrow(() -> LinkRejection.notFound(id));
    }
}
