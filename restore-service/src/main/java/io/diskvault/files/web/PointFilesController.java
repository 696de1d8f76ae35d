package io.diskvault.files.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.files.Download;
import io.diskvault.files.FileDownloads;
import io.diskvault.files.FileHistory;
import io.diskvault.files.FilePath;
import io.diskvault.files.OpenPoints;
import io.diskvault.files.PointFiles;
import io.diskvault.files.Volume;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `…/recovery-points/{point}/volumes|files|file`: what files there are in a recovery point, and single ones and
/// folders to take away.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points/{point}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PointFilesController {
    private static final Pattern PLACE = Pattern.compile("\\d{1,9}");

    private final OpenPoints points;
    private final FileDownloads downloads;
    private final FileHistory history;

    PointFilesController(OpenPoints points, FileDownloads downloads, FileHistory history) {
        this.points = points;
        this.downloads = downloads;
        this.history = history;
    }

    /// The partitions, or the disk as a whole where it has none.
    @Get("/volumes")
    @Allow(Permission.POINTS_EXPORT)
    Listing<VolumeResponse> volumes(String vault, String instance, String point) {
        InstanceId id = new InstanceId(vault, instance);
        List<Volume> volumes = points.ask(id, point, PointFiles::volumes);
        history.listed(id, point);
        return new Listing<>(volumes.stream().map(VolumeResponse::of).toList(), null);
    }

    /// What is in a folder, by name.
    @Get("/files")
    @Allow(Permission.POINTS_EXPORT)
    Listing<EntryResponse> list(
            String vault,
            String instance,
            String point,
            @QueryValue @Nullable Integer volume,
            @QueryValue @Nullable String path,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = new InstanceId(vault, instance);
        FilePath folder = FilePath.parse(Optional.ofNullable(path).orElse(""));
        int from = placeOf(cursor);
        int count = Cursor.limit(limit);
        PointFiles.Page page = points.ask(id, point, files -> {
            Volume chosen = files.volume(Optional.ofNullable(volume));
            return files.list(chosen, files.folder(chosen, folder).entry().node(), from, count);
        });
        history.listed(id, point);
        int next = from + page.entries().size();
        return new Listing<>(
                page.entries().stream().map(EntryResponse::of).toList(),
                next < page.total() ? String.valueOf(next) : null);
    }

    /// A file as it is, or a folder packed into one.
    @Get(uri = "/file", headRoute = false)
    @Produces(MediaType.ALL)
    @Allow(Permission.POINTS_EXPORT)
    HttpResponse<Download> get(
            String vault,
            String instance,
            String point,
            @QueryValue @Nullable Integer volume,
            @QueryValue @Nullable String path,
            @QueryValue @Nullable String format) {
        if (path == null) {
            throw GeneralRejection.invalid("path is missing: /etc/fstab, for example, or / for everything.");
        }
        Download download = downloads.start(
                new InstanceId(vault, instance),
                point,
                Optional.ofNullable(volume),
                FilePath.parse(path),
                Optional.ofNullable(format));
        return HttpResponse.ok(download)
                .contentType(MediaType.of(download.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.of(download.name()));
    }

    /// A recovery point never changes, so a place in a folder is a number.
    private static int placeOf(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!PLACE.matcher(cursor).matches()) {
            throw GeneralRejection.invalid(
                    "%s is no cursor: give the nextCursor of the page before, unchanged, or none to start."
                            .formatted(Quoted.of(cursor)));
        }
        return Integer.parseInt(cursor);
    }
}
