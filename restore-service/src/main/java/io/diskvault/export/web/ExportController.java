package io.diskvault.export.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.export.ExportCommand.EndExport;
import io.diskvault.export.ExportEnd;
import io.diskvault.export.ExportId;
import io.diskvault.export.ExportRejection;
import io.diskvault.export.ServedExports;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/exports`: the exports in vaults where the caller could make some.
@Controller("/api/v1/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private final Access access;
    private final ExportRows rows;
    private final ShownExports shown;
    private final ServedExports served;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    ExportController(
            Access access,
            ExportRows rows,
            ShownExports shown,
            ServedExports served,
            Commands commands,
            Views views,
            Clock clock) {
        this.access = access;
        this.rows = rows;
        this.shown = shown;
        this.served = served;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /// @param state `active`, also if absent, or `all`: also those that have ended
    @Get
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    Listing<ExportResponse> list(
            @QueryValue @Nullable String vault,
            @QueryValue @Nullable String instance,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        Reach reach = access.mine().reach(Permission.POINTS_EXPORT);
        return shown.list(
                new ShownExports.Filter(reach.everywhere(), reach.vaults(), vault, instance, withEnded(state)),
                cursor,
                limit);
    }

    @Get("/{id}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    ExportResponse get(UUID id) {
        return shown.one(visible(id), Optional.empty());
    }

    /// Nobody can connect from now on, and connections that there are end.
    @Delete("/{id}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> end(UUID id) {
        ExportRow export = visible(id);
        commands.send(new EndExport(new ExportId(export.id()), ExportEnd.ENDED, access.me(), clock.instant()));
        views.catchUp();
        served.close(export.id());
        return HttpResponse.noContent();
    }

    /// Whether a caller wants to see ended exports, too.
    static boolean withEnded(@Nullable String state) {
        if (state == null || state.equals("active")) {
            return false;
        }
        if (state.equals("all")) {
            return true;
        }
        throw GeneralRejection.invalid("state is %s; it is active or all.".formatted(Quoted.of(state)));
    }

    private ExportRow visible(UUID id) {
        return rows.findById(id)
                .filter(export -> access.may(Permission.POINTS_EXPORT, Scope.vault(export.vault())))
                .orElseThrow(() -> ExportRejection.notFound(id));
    }
}
