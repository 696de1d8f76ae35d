package io.diskvault.guard.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.guard.GuardCommand.DeleteGuard;
import io.diskvault.guard.GuardCommand.PutGuard;
import io.diskvault.guard.GuardId;
import io.diskvault.guard.GuardRejection;
import io.diskvault.guard.view.GuardRow;
import io.diskvault.guard.view.GuardRows;
import io.diskvault.guard.view.VaultGuardRow;
import io.diskvault.guard.view.VaultGuardRows;
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
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/api/v1/resource-guards`.
@Controller("/api/v1/resource-guards")
@ExecuteOn(TaskExecutors.BLOCKING)
final class GuardController {
    private final Access access;
    private final Commands commands;
    private final GuardRows rows;
    private final VaultGuardRows vaults;
    private final Views views;
    private final Clock clock;

    GuardController(Access access, Commands commands, GuardRows rows, VaultGuardRows vaults, Views views, Clock clock) {
        this.access = access;
        this.commands = commands;
        this.rows = rows;
        this.vaults = vaults;
        this.views = views;
        this.clock = clock;
    }

    /// The body may be left out.
    ///
    /// @param operations what needs an approval; all if absent, and `RemoveGuard` and `ChangeApprovers` in any case
    record GuardRequest(@Nullable List<String> operations) {
        Set<CriticalOperation> chosen() {
            return operations == null
                    ? EnumSet.allOf(CriticalOperation.class)
                    : operations.stream()
                            .map(name -> CriticalOperation.of(String.valueOf(name)))
                            .collect(Collectors.toSet());
        }
    }

    /// @param vaults those that are linked with the guard
    record GuardResponse(String name, List<String> operations, List<String> vaults, Instant createdTime) {}

    @Put("/{guard}")
    @Allow(Permission.GUARDS_WRITE)
    HttpResponse<GuardResponse> put(String guard, @Body @Nullable GuardRequest request) {
        GuardId id = new GuardId(guard);
        boolean existed = rows.existsById(guard);
        Set<CriticalOperation> chosen = request == null ? EnumSet.allOf(CriticalOperation.class) : request.chosen();
        commands.send(new PutGuard(id, chosen, clock.instant()));
        views.catchUp();
        GuardResponse answer = get(guard);
        return existed ? HttpResponse.ok(answer) : HttpResponse.created(answer);
    }

    @Get("/{guard}")
    @Allow(Permission.GUARDS_READ)
    GuardResponse get(String guard) {
        GuardId id = new GuardId(guard);
        return told(rows.findById(guard).orElseThrow(() -> GuardRejection.notFound(id)));
    }

    private GuardResponse told(GuardRow row) {
        List<String> linked = vaults.findByGuardOrderByVault(row.name()).stream()
                .map(VaultGuardRow::vault)
                .toList();
        return new GuardResponse(row.name(), row.operationNames(), linked, row.createdAt());
    }

    @Get
    @Allow(value = Permission.GUARDS_READ, checkedInside = true)
    Listing<GuardResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.GUARDS_READ);
        return Listing.of(
                rows.listBefore(from.time(), from.key(), reach.everywhere(), reach.scopes(), count + 1),
                count,
                this::told,
                row -> new Cursor(row.createdAt(), row.name()));
    }

    @Delete("/{guard}")
    @Allow(Permission.GUARDS_WRITE)
    HttpResponse<?> delete(String guard) {
        commands.send(new DeleteGuard(new GuardId(guard), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
