package io.diskvault.files;

import io.diskvault.access.Access;
import io.diskvault.access.Callers;
import io.diskvault.access.Permission;
import io.diskvault.access.RepeatedLook;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.engine.DatastoreException;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// Gives files and folders of recovery points away, as many at once as there may be, each after it was recorded.
@Singleton
public class FileDownloads {
    private final OpenPoints points;
    private final FileHistory history;
    private final Access access;
    private final FilesSettings settings;
    private final Semaphore places;

    FileDownloads(OpenPoints points, FileHistory history, Access access, FilesSettings settings) {
        this.points = points;
        this.history = history;
        this.access = access;
        this.settings = settings;
        this.places = new Semaphore(settings.downloads());
    }

    /// Starts to give away what is at a path. The recovery point stays open until the stream is closed.
    ///
    /// @param volume empty for the only one that can be read
    /// @param format how a folder is packed; files are given as they are
    /// @throws CommandRejected if it cannot be given
    public Download start(
            InstanceId instance, String point, Optional<Integer> volume, FilePath path, Optional<String> format) {
        ArchiveFormat packed = ArchiveFormat.of(format);
        if (!places.tryAcquire()) {
            throw new CommandRejected(
                    FilesRejection.TOO_MANY_DOWNLOADS,
                    "%d downloads of files are running.".formatted(settings.downloads()));
        }
        boolean started = false;
        try {
            OpenPoint taken = points.take(instance, point);
            try {
                PointFiles files = taken.files();
                Volume chosen = files.volume(volume);
                FoundEntry found = files.find(chosen, path);
                Runnable end = () -> end(taken);
                Download download = found.entry().isFolder()
                        ? folder(instance, files, chosen, found, packed, end)
                        : file(files, chosen, found, format, end);
                history.taken(instance, point, chosen, found);
                started = true;
                return revocable(download, instance);
            } finally {
                if (!started) {
                    taken.close();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (DatastoreException damaged) {
            throw OpenPoints.damaged(damaged);
        } finally {
            if (!started) {
                places.release();
            }
        }
    }

    /// What can be taken once is not taken on and on by somebody who has lost the right.
    private Download revocable(Download download, InstanceId instance) {
        String principal = Callers.current().principal();
        Scope vault = Scope.vault(instance.vault());
        RepeatedLook look = new RepeatedLook(() -> access.of(principal).allow(Permission.POINTS_EXPORT, vault));
        return new Download(
                new RevocableStream(download.stream(), look), download.length(), download.name(), download.mediaType());
    }

    private void end(OpenPoint taken) {
        places.release();
        taken.close();
    }

    private static Download folder(
            InstanceId instance, PointFiles files, Volume volume, FoundEntry folder, ArchiveFormat format, Runnable end)
            throws IOException {
        String root = "%s-volume%d".formatted(instance.name(), volume.number());
        String name = folder.path().name().isEmpty() ? root : folder.path().name();
        return new Download(
                new FolderArchive(files, volume, folder, root, format, end),
                OptionalLong.empty(),
                name + "." + format.text(),
                format.mediaType());
    }

    private static Download file(
            PointFiles files, Volume volume, FoundEntry file, Optional<String> format, Runnable end)
            throws IOException, DatastoreException {
        FileContent content = FileContent.of(files, volume, file, end);
        if (format.isPresent()) {
            throw GeneralRejection.invalid("format is for folders; this is a file, which is given as it is.");
        }
        return new Download(
                content, OptionalLong.of(file.entry().size()), file.path().name(), "application/octet-stream");
    }
}
