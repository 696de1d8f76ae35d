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
import io.diskvault.export.ExportCommand.KeepExport;
import io.diskvault.export.ExportEnd;
import io.diskvault.export.ExportId;
import io.diskvault.export.ExportRejection;
import io.diskvault.export.ServedExports;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.instance.ChosenTags;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/exports`: the exports in vaults where the caller could make some.
@Controller("/api/v1/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExportController {
    private static final String DISCARD = "discard";

    private final Access access;
    private final ExportRows rows;
    private final ShownExports shown;
    private final ServedExports served;
    private final ChosenTags tags;
    private final AcceptedJobs accepted;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    ExportController(
            Access access,
            ExportRows rows,
            ShownExports shown,
            ServedExports served,
            ChosenTags tags,
            AcceptedJobs accepted,
            Commands commands,
            Views views,
            Clock clock) {
        this.access = access;
        this.rows = rows;
        this.shown = shown;
        this.served = served;
        this.tags = tags;
        this.accepted = accepted;
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
    ///
    /// @param changes `discard` if what was written may go; refused without it if something was
    @Delete("/{id}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> end(UUID id, @QueryValue @Nullable String changes) {
        ExportRow export = visible(id);
        requireNothingLost(export, changes);
        commands.send(new EndExport(new ExportId(export.id()), ExportEnd.ENDED, access.me(), clock.instant()));
        views.catchUp();
        served.close(export.id());
        return HttpResponse.noContent();
    }

    private void requireNothingLost(ExportRow export, @Nullable String changes) {
        if (changes != null && !changes.equals(DISCARD)) {
            throw GeneralRejection.invalid("changes is %s; it is discard.".formatted(Quoted.of(changes)));
        }
        if (changes == null && export.isServed()) {
            OptionalLong changed = served.changedBytes(export);
            if (changed.orElse(1) > 0) {
                throw ExportRejection.hasChanges(export.id(), changed);
            }
        }
    }

    /// @param retentionTag which rule of the policy decides how long the point is kept; `Default` if absent
    record KeepRequest(@Nullable String retentionTag) {}

    /// What was written becomes a recovery point of the instance, as by an on-demand backup; then the export ends.
    @Post("/{id}/keep")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> keep(
            UUID id, @Body @Nullable KeepRequest request, @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        ExportRow export = visible(id);
        access.require(Permission.BACKUPS_START, Scope.vault(export.vault()));
        JobId job = accepted.idFor("keep", id.toString(), idempotencyKey);
        if (!accepted.isKnown(job)) {
            Optional<String> tag = Optional.ofNullable(request).map(KeepRequest::retentionTag);
            tags.require(export.instanceId(), tag);
            commands.send(new KeepExport(new ExportId(id), export.instanceId(), job, tag, clock.instant()));
            views.catchUp();
            served.close(id);
        }
        return accepted.answer(job);
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
