package io.diskvault.files;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.Optional;

/// The content of a file on its way to somebody.
public final class FileContent extends PieceStream {
    private final PointFiles files;
    private final Volume volume;
    private final Entry file;
    private long position;

    private FileContent(PointFiles files, Volume volume, Entry file, Runnable end) {
        super(end);
        this.files = files;
        this.volume = volume;
        this.file = file;
    }

    /// Checks that the content of a file can be given, and gives it.
    ///
    /// @param end is run when the stream is closed
    /// @throws CommandRejected if it cannot; `end` is not run then
    public static FileContent of(PointFiles files, Volume volume, FoundEntry found, Runnable end)
            throws IOException, DatastoreException {
        if (!found.entry().isFile()) {
            throw new CommandRejected(
                    FilesRejection.NOT_A_FILE, "A %s has no content.".formatted(kindOf(found.entry())));
        }
        Optional<String> obstacle = files.obstacle(volume, found.entry());
        if (obstacle.isPresent()) {
            throw new CommandRejected(
                    FilesRejection.FILE_NOT_READABLE, "The file cannot be read: %s.".formatted(obstacle.get()));
        }
        return new FileContent(files, volume, found.entry(), end);
    }

    private static String kindOf(Entry entry) {
        return entry.isFolder() ? "folder" : entry.isLink() ? "link" : "device, pipe or socket";
    }

    @Override
    byte[] next() throws IOException {
        int length = (int) Math.min(PointFiles.PIECE_BYTES, file.size() - position);
        if (length == 0) {
            return new byte[0];
        }
        try {
            byte[] bytes = files.read(volume, file, position, length);
            position += length;
            return bytes;
        } catch (CommandRejected | DatastoreException failure) {
            throw new IOException("A file could not be read to its end: " + failure.getMessage(), failure);
        }
    }
}
