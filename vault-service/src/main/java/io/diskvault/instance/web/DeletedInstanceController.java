package io.diskvault.instance.web;

import static java.util.Objects.requireNonNull;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.PurgeInstance;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.UndeleteInstance;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/deleted-backup-instances`: what was deleted and can still be had back.
@Controller("/api/v1/backup-vaults/{vault}/deleted-backup-instances")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DeletedInstanceController {
    private final Commands commands;
    private final InstanceRows rows;
    private final VaultRows vaults;
    private final InstanceResponse.Source responses;
    private final Views views;
    private final Clock clock;

    DeletedInstanceController(
            Commands commands,
            InstanceRows rows,
            VaultRows vaults,
            InstanceResponse.Source responses,
            Views views,
            Clock clock) {
        this.commands = commands;
        this.rows = rows;
        this.vaults = vaults;
        this.responses = responses;
        this.views = views;
        this.clock = clock;
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<InstanceResponse> list(
            String vault, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        vaults.require(new VaultId(vault));
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        List<InstanceRow> found = rows.listDeletedBefore(vault, before.time(), before.key(), count + 1);
        return Listing.of(
                found, count, responses.teller(found), row -> new Cursor(requireNonNull(row.deletedTime()), row.id()));
    }

    /// Takes the deletion back; protection is stopped then.
    @Post("/{instance}/undelete")
    @Allow(Permission.INSTANCES_WRITE)
    InstanceResponse undelete(String vault, String instance) {
        InstanceId id = new InstanceId(vault, instance);
        commands.send(new UndeleteInstance(id, clock.instant()));
        views.catchUp();
        return responses.of(id);
    }

    /// Gives up all recovery points before their time; their data is removed.
    @Delete("/{instance}")
    @Allow(Permission.INSTANCES_DELETE)
    HttpResponse<?> purge(String vault, String instance) {
        InstanceId id = new InstanceId(vault, instance);
        InstanceRow row = responses.row(id);
        commands.send(new PurgeInstance(
                id,
                DiskId.parse(row.disk()),
                PolicyId.parse(row.policy()),
                new ResourceGroupId(row.snapshotGroup()),
                Removal.PURGE,
                clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
