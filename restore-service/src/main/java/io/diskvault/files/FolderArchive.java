package io.diskvault.files;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.files.FolderWalk.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A folder and all below it as an archive, on its way to somebody. What cannot be in it is listed in a file at its
/// end.
public final class FolderArchive extends PieceStream {
    /// Beside the folder, where no name from the disk can be.
    static final String LEFT_OUT = "diskvault-left-out.txt";

    /// A character takes up to three bytes, and an archive has room for 65535.
    private static final int PATH_CHARACTERS_MAX = 20_000;

    private final PointFiles files;
    private final Volume volume;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final ArchiveFormat format;
    private final ArchiveWriter archive;
    private final LeftOut leftOut = new LeftOut();
    private final FolderWalk walk;
    private @Nullable Entry file;
    private long position;
    private long entries;
    private boolean finished;

    /// @param folder what is packed
    /// @param name what it is called in the archive, if it is the root of a volume
    /// @param end is run when the stream is closed
    public FolderArchive(
            PointFiles files, Volume volume, FoundEntry folder, String name, ArchiveFormat format, Runnable end)
            throws IOException {
        super(end);
        this.files = files;
        this.volume = volume;
        this.format = format;
        this.archive = format.writer(made);
        String own = folder.path().name();
        String top = archive.name(own.isEmpty() ? name : own);
        this.walk = new FolderWalk(files, volume, folder.entry(), top, archive::name, leftOut);
        archive.folder(top, folder.entry());
    }

    @Override
    byte[] next() throws IOException {
        try {
            while (!finished && made.size() < PointFiles.PIECE_BYTES) {
                step();
            }
        } catch (CommandRejected | DatastoreException failure) {
            throw new IOException("A folder could not be read to its end: " + failure.getMessage(), failure);
        }
        byte[] bytes = made.toByteArray();
        made.reset();
        return bytes;
    }

    private void step() throws IOException, DatastoreException {
        if (file != null) {
            goOn(file);
            return;
        }
        Optional<Step> step = walk.next();
        if (step.isEmpty()) {
            finish();
        } else if (++entries > format.entriesMax()) {
            throw new IOException("More than %d entries are in this folder, which is too many for a %s archive."
                    .formatted(format.entriesMax(), format.text()));
        } else if (step.get().path().length() > PATH_CHARACTERS_MAX) {
            leftOut.add(step.get().path().substring(0, 100) + "…", "its path is too long");
        } else {
            add(step.get());
        }
    }

    private void add(Step step) throws IOException, DatastoreException {
        Entry entry = step.entry();
        if (entry.isFolder()) {
            archive.folder(step.path(), entry);
        } else if (entry.isFile()) {
            start(step);
        } else if (!entry.isLink()) {
            leftOut.add(step.path(), "it is a device, a pipe or a socket");
        } else if (entry.target().isEmpty()) {
            leftOut.add(step.path(), "it is a link to nowhere");
        } else if (!archive.link(step.path(), entry)) {
            leftOut.add(step.path(), "it is a link to " + entry.target());
        }
    }

    private void start(Step step) throws IOException, DatastoreException {
        Optional<String> obstacle = files.obstacle(volume, step.entry());
        if (obstacle.isPresent()) {
            leftOut.add(step.path(), obstacle.get());
            return;
        }
        archive.startFile(step.path(), step.entry(), step.entry().size());
        file = step.entry();
        position = 0;
    }

    private void goOn(Entry current) throws IOException, DatastoreException {
        int length = (int) Math.min(PointFiles.PIECE_BYTES, current.size() - position);
        if (length == 0) {
            archive.endFile();
            file = null;
            return;
        }
        archive.content(files.read(volume, current, position, length));
        position += length;
    }

    private void finish() throws IOException {
        if (!leftOut.isEmpty()) {
            byte[] text = leftOut.text();
            Entry note = new Entry(LEFT_OUT, 0, "file", text.length, 0, 0, 0644, 0, 0, "");
            archive.startFile(LEFT_OUT, note, text.length);
            archive.content(text);
            archive.endFile();
        }
        archive.finish();
        finished = true;
    }
}
