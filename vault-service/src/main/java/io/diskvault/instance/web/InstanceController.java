package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.ChangeInstancePolicy;
import io.diskvault.instance.InstanceCommand.ConfigureProtection;
import io.diskvault.instance.InstanceCommand.DeleteInstance;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectionCheck;
import io.diskvault.instance.ProtectionState;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.role.VaultIdentity;
import io.diskvault.vault.VaultId;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/backup-instances`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InstanceController {
    private final Commands commands;
    private final InstanceRows rows;
    private final VaultRows vaults;
    private final ProtectionCheck check;
    private final VaultIdentity identity;
    private final InstanceResponse.Source responses;
    private final Views views;
    private final Clock clock;

    InstanceController(
            Commands commands,
            InstanceRows rows,
            VaultRows vaults,
            ProtectionCheck check,
            VaultIdentity identity,
            InstanceResponse.Source responses,
            Views views,
            Clock clock) {
        this.commands = commands;
        this.rows = rows;
        this.vaults = vaults;
        this.check = check;
        this.identity = identity;
        this.responses = responses;
        this.views = views;
        this.clock = clock;
    }

    /// @param disk `resourceGroup/name`
    /// @param policy the name of a policy of the same vault
    /// @param snapshotResourceGroup where the recovery points go
    /// @param grantMissing whether to give the vault's identity what it lacks; only who may grant it may ask for it
    record InstanceRequest(
            @Nullable String disk,
            @Nullable String policy,
            @Nullable String snapshotResourceGroup,
            @Nullable Boolean grantMissing) {}

    @Put("/{name}")
    @Allow(Permission.INSTANCES_WRITE)
    HttpResponse<InstanceResponse> put(String vault, String name, @Body InstanceRequest request) {
        InstanceId id = new InstanceId(vault, name);
        if (request.disk() == null || request.policy() == null || request.snapshotResourceGroup() == null) {
            throw GeneralRejection.invalid("disk, policy and snapshotResourceGroup are all needed.");
        }
        DiskId disk = DiskId.parse(request.disk());
        PolicyId policy = new PolicyId(vault, request.policy());
        ResourceGroupId group = new ResourceGroupId(request.snapshotResourceGroup());
        vaults.require(new VaultId(vault));
        check.requireUsable(disk, policy, group);
        Optional<InstanceRow> existing = rows.findById(id.path());
        if (existing.isEmpty()) {
            identity.ensureBackUp(id.vaultId(), disk, group, Boolean.TRUE.equals(request.grantMissing()));
        }
        commands.send(orderOf(id, disk, policy, group, existing));
        views.catchUp();
        InstanceResponse answer = responses.of(id);
        return existing.isPresent() ? HttpResponse.ok(answer) : HttpResponse.created(answer);
    }

    /// Of what an instance was made with only its policy can be changed.
    private Object orderOf(
            InstanceId id, DiskId disk, PolicyId policy, ResourceGroupId group, Optional<InstanceRow> existing) {
        Instant now = clock.instant();
        boolean policyOnly = existing.filter(row -> row.disk().equals(disk.path()))
                .filter(row -> row.snapshotGroup().equals(group.name()))
                .isPresent();
        if (!policyOnly) {
            return new ConfigureProtection(id, disk, policy, group, now);
        }
        return new ChangeInstancePolicy(id, PolicyId.parse(existing.get().policy()), policy, now);
    }

    @Get("/{name}")
    @Allow(Permission.VAULTS_READ)
    InstanceResponse get(String vault, String name) {
        return responses.of(new InstanceId(vault, name));
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<InstanceResponse> list(
            String vault, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        vaults.require(new VaultId(vault));
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        List<InstanceRow> found = rows.listBefore(vault, before.time(), before.key(), count + 1);
        return Listing.of(found, count, responses.teller(found), row -> new Cursor(row.protectedSince(), row.id()));
    }

    /// Ends the protection. In a vault with soft delete everything is kept for a while; without, the recovery points
    /// are given up and their data is removed.
    @Delete("/{name}")
    @Allow(Permission.INSTANCES_DELETE)
    HttpResponse<?> delete(String vault, String name) {
        InstanceId id = new InstanceId(vault, name);
        InstanceRow row = responses.row(id);
        if (ProtectionState.of(row.protectionState()) != ProtectionState.SOFT_DELETED) {
            commands.send(new DeleteInstance(
                    id,
                    DiskId.parse(row.disk()),
                    PolicyId.parse(row.policy()),
                    new ResourceGroupId(row.snapshotGroup()),
                    clock.instant()));
            views.catchUp();
        }
        return HttpResponse.noContent();
    }
}
