package io.diskvault.guard.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.guard.Approvers;
import io.diskvault.guard.GuardId;
import io.diskvault.guard.GuardProxyCommand.GuardVault;
import io.diskvault.guard.GuardRejection;
import io.diskvault.guard.view.GuardRow;
import io.diskvault.guard.view.GuardRows;
import io.diskvault.guard.view.VaultGuardRow;
import io.diskvault.guard.view.VaultGuardRows;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-vaults/{vault}/resource-guard`: the guard with which a vault is linked.
@Controller("/api/v1/backup-vaults/{vault}/resource-guard")
@ExecuteOn(TaskExecutors.BLOCKING)
final class VaultGuardController {
    private final Access access;
    private final Commands commands;
    private final VaultRows vaults;
    private final GuardRows guards;
    private final VaultGuardRows rows;
    private final Approvers approvers;
    private final Views views;
    private final Clock clock;

    VaultGuardController(
            Access access,
            Commands commands,
            VaultRows vaults,
            GuardRows guards,
            VaultGuardRows rows,
            Approvers approvers,
            Views views,
            Clock clock) {
        this.access = access;
        this.commands = commands;
        this.vaults = vaults;
        this.guards = guards;
        this.rows = rows;
        this.approvers = approvers;
        this.views = views;
        this.clock = clock;
    }

    record VaultGuardRequest(@Nullable String guard) {}

    /// @param guard null if the vault has none; then so are the others
    record VaultGuardResponse(
            String vault,
            @Nullable String guard,
            List<String> operations,
            @Nullable Instant since) {}

    /// Whoever may write the vault may put a guard on it that he may see. In place of another guard it takes that
    /// one's approval.
    @Put
    @Allow(Permission.VAULTS_WRITE)
    VaultGuardResponse put(String vault, @Body VaultGuardRequest request) {
        if (request.guard() == null) {
            throw GeneralRejection.invalid("guard is missing; to take the guard away, delete it.");
        }
        GuardId guard = new GuardId(request.guard());
        access.require(Permission.GUARDS_READ, Scope.guard(guard.name()));
        if (!guards.existsById(guard.name())) {
            throw GuardRejection.notFound(guard);
        }
        approvers.requireOne(guard);
        return link(new VaultId(vault), Optional.of(guard));
    }

    private VaultGuardResponse link(VaultId vault, Optional<GuardId> guard) {
        vaults.require(vault);
        commands.send(new GuardVault(vault, guard, clock.instant()));
        views.catchUp();
        return get(vault.name());
    }

    /// Everybody who sees the vault may know what it takes to do something in it.
    @Get
    @Allow(Permission.VAULTS_READ)
    VaultGuardResponse get(String vault) {
        vaults.require(new VaultId(vault));
        Optional<VaultGuardRow> linked = rows.findById(vault);
        return new VaultGuardResponse(
                vault,
                linked.map(VaultGuardRow::guard).orElse(null),
                linked.flatMap(row -> guards.findById(row.guard()))
                        .map(GuardRow::operationNames)
                        .orElse(List.of()),
                linked.map(VaultGuardRow::since).orElse(null));
    }

    /// Takes an approval.
    @Delete
    @Allow(Permission.VAULTS_WRITE)
    HttpResponse<?> delete(String vault) {
        link(new VaultId(vault), Optional.empty());
        return HttpResponse.noContent();
    }
}
