package io.diskvault.disk.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.RemoveDisk;
import io.diskvault.disk.DiskFiles;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskRejection;
import io.diskvault.disk.DiskType;
import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.engine.source.DiskFormat;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/resource-groups/{group}/disks` and `/api/v1/disks`.
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DiskController {
    /// As long as a path can be.
    private static final int SOURCE_LENGTH_MAX = 4096;

    private final Access access;
    private final Commands commands;
    private final DiskFiles files;
    private final ResourceGroupRows groups;
    private final DiskRows rows;
    private final Views views;
    private final Clock clock;

    DiskController(
            Access access,
            Commands commands,
            DiskFiles files,
            ResourceGroupRows groups,
            DiskRows rows,
            Views views,
            Clock clock) {
        this.access = access;
        this.commands = commands;
        this.files = files;
        this.groups = groups;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    /// @param format what the file's name says, if absent
    record DiskRequest(
            @Nullable String source,
            @Nullable String type,
            @Nullable String format) {}

    record DiskResponse(
            String resourceGroup,
            String name,
            String source,
            String type,
            String format,
            long sizeBytes,
            UUID uniqueId,
            @Nullable String protectedBy,
            @Nullable String restoringJob,
            Instant createdTime) {
        static DiskResponse of(DiskRow row) {
            return new DiskResponse(
                    row.resourceGroup(),
                    row.name(),
                    row.source(),
                    row.type(),
                    row.format(),
                    row.sizeBytes(),
                    row.uniqueId(),
                    row.protectedBy(),
                    row.restoringJob(),
                    row.createdAt());
        }
    }

    @Put("/resource-groups/{group}/disks/{disk}")
    @Allow(Permission.DISKS_WRITE)
    HttpResponse<DiskResponse> put(String group, String disk, @Body DiskRequest request) {
        DiskId id = new DiskId(group, disk);
        ResourceGroupRow home = requireGroup(group);
        if (request.source() == null) {
            throw GeneralRejection.invalid("source is missing; give file:PATH.");
        }
        if (request.source().length() > SOURCE_LENGTH_MAX) {
            throw GeneralRejection.invalid("source has %d characters; %d are allowed."
                    .formatted(request.source().length(), SOURCE_LENGTH_MAX));
        }
        String type = DiskType.parse(request.type()).text();
        Path file = files.resolve(home, request.source());
        Optional<DiskRow> existing = rows.findById(id.path());
        DiskFormat format = formatOf(request.source(), request.format(), existing);
        commands.send(new RegisterDisk(
                id,
                request.source(),
                type,
                format.text(),
                files.sizeBytes(home, file, format),
                UUID.randomUUID(),
                clock.instant()));
        views.catchUp();
        DiskResponse answer = get(group, disk);
        return existing.isPresent() ? HttpResponse.ok(answer) : HttpResponse.created(answer);
    }

    /// Who does not say it means what the disk is registered with: the same request is the same disk, whatever names
    /// were taken for when it was made.
    private static DiskFormat formatOf(String source, @Nullable String given, Optional<DiskRow> existing) {
        return given == null
                ? existing.filter(row -> row.source().equals(source))
                        .map(DiskRow::diskFormat)
                        .orElseGet(() -> DiskFormat.ofFileName(source))
                : DiskFormat.of(given)
                        .orElseThrow(() -> new CommandRejected(
                                DiskRejection.DISK_FORMAT_INVALID,
                                "format is %s; %s are possible.".formatted(Quoted.of(given), DiskFormat.choices())));
    }

    private ResourceGroupRow requireGroup(String group) {
        ResourceGroupId id = new ResourceGroupId(group);
        return groups.findById(group).orElseThrow(() -> ResourceGroupRejection.notFound(id));
    }

    @Get("/resource-groups/{group}/disks/{disk}")
    @Allow(Permission.DISKS_READ)
    DiskResponse get(String group, String disk) {
        DiskId id = new DiskId(group, disk);
        return DiskResponse.of(rows.findById(id.path()).orElseThrow(() -> DiskRejection.notFound(id)));
    }

    @Get("/resource-groups/{group}/disks")
    @Allow(Permission.GROUPS_READ)
    Listing<DiskResponse> listInGroup(
            String group, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        requireGroup(group);
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        return Listing.of(
                rows.listInGroupBefore(group, from.time(), from.key(), count + 1),
                count,
                DiskResponse::of,
                DiskController::place);
    }

    /// @param wanted `true` for those that a backup instance protects, `false` for the others; all if absent
    @Get("/disks")
    @Allow(value = Permission.DISKS_READ, checkedInside = true)
    Listing<DiskResponse> list(
            @QueryValue("protected") @Nullable String wanted,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Reach reach = access.mine().reach(Permission.DISKS_READ);
        return Listing.of(
                rows.listBefore(
                        from.time(),
                        from.key(),
                        reach.everywhere(),
                        reach.groups(),
                        reach.disks(),
                        wanted == null ? null : isProtected(wanted),
                        count + 1),
                count,
                DiskResponse::of,
                DiskController::place);
    }

    private static boolean isProtected(String wanted) {
        return switch (wanted) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw GeneralRejection.invalid("protected is %s; it is true or false.".formatted(Quoted.of(wanted)));
        };
    }

    private static Cursor place(DiskRow row) {
        return new Cursor(row.createdAt(), row.id());
    }

    @Delete("/resource-groups/{group}/disks/{disk}")
    @Allow(Permission.DISKS_DELETE)
    HttpResponse<?> delete(String group, String disk) {
        commands.send(new RemoveDisk(new DiskId(group, disk), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
