package io.diskvault.vault.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.vault.Immutability;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultCommand.DeleteVault;
import io.diskvault.vault.VaultCommand.SetImmutability;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.VaultRejection;
import io.diskvault.vault.view.VaultRow;
import io.diskvault.vault.view.VaultRows;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults`.
@Controller("/api/v1/backup-vaults")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VaultController {
    private final Access access;
    private final Commands commands;
    private final VaultRows rows;
    private final Views views;
    private final Clock clock;

    VaultController(Access access, Commands commands, VaultRows rows, Views views, Clock clock) {
        this.access = access;
        this.commands = commands;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    /// The body may be left out.
    ///
    /// @param softDelete stays as it is if absent; in a new vault it is on with 14 days
    /// @param immutability `Disabled`, `Unlocked` or `Locked`; stays as it is if absent
    record VaultRequest(
            @Nullable SoftDeleteSetting softDelete,
            @Nullable String immutability) {
        Optional<SoftDelete> setting() {
            return Optional.ofNullable(softDelete).map(SoftDeleteSetting::checked);
        }
    }

    /// @param state `On`, `Off` or `AlwaysOn`
    /// @param retentionDays 14 to 180; 14 if absent
    record SoftDeleteSetting(
            @Nullable String state, @Nullable Integer retentionDays) {
        SoftDelete checked() {
            if (state == null) {
                throw GeneralRejection.invalid("softDelete.state is missing; it is one of Off, On, AlwaysOn.");
            }
            int days = retentionDays == null ? SoftDelete.DEFAULT.retentionDays() : retentionDays;
            return new SoftDelete(SoftDelete.State.of(state), days);
        }
    }

    record VaultResponse(
            String name, UUID identity, SoftDeleteSetting softDelete, String immutability, Instant createdTime) {
        static VaultResponse of(VaultRow row) {
            SoftDeleteSetting softDelete = new SoftDeleteSetting(row.softDelete(), row.softDeleteDays());
            return new VaultResponse(row.name(), row.identity(), softDelete, row.immutability(), row.createdAt());
        }
    }

    @Put("/{vault}")
    @Allow(Permission.VAULTS_WRITE)
    HttpResponse<VaultResponse> put(String vault, @Body @Nullable VaultRequest request) {
        VaultId id = new VaultId(vault);
        boolean existed = rows.existsById(vault);
        Optional<SoftDelete> softDelete = Optional.ofNullable(request).flatMap(VaultRequest::setting);
        Optional<Immutability> immutability =
                Optional.ofNullable(request).map(VaultRequest::immutability).map(Immutability::of);
        commands.send(new CreateVault(id, UUID.randomUUID(), softDelete, clock.instant()));
        immutability.ifPresent(state -> commands.send(new SetImmutability(id, state, clock.instant())));
        views.catchUp();
        VaultResponse answer = get(vault);
        return existed ? HttpResponse.ok(answer) : HttpResponse.created(answer);
    }

    @Get("/{vault}")
    @Allow(Permission.VAULTS_READ)
    VaultResponse get(String vault) {
        VaultId id = new VaultId(vault);
        return VaultResponse.of(rows.findById(vault).orElseThrow(() -> VaultRejection.notFound(id)));
    }

    @Get
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Listing<VaultResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.VAULTS_READ);
        return Listing.of(
                rows.listBefore(from.time(), from.key(), reach.everywhere(), reach.vaults(), count + 1),
                count,
                VaultResponse::of,
                row -> new Cursor(row.createdAt(), row.name()));
    }

    @Delete("/{vault}")
    @Allow(Permission.VAULTS_DELETE)
    HttpResponse<?> delete(String vault) {
        commands.send(new DeleteVault(new VaultId(vault), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
