package io.diskvault.app.console;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that a command writes for its user: it appears whole under its name, or not at all. `-` is standard output.
public final class SavedFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Terminal terminal;
    private final Path target;
    private final boolean overwrite;

    /// Writes the content.
    @FunctionalInterface
    public interface Content<X extends Exception> {
        void writeTo(OutputStream out) throws IOException, X;
    }

    public SavedFile(Terminal terminal, Path target, boolean overwrite) {
        this.terminal = terminal;
        this.target = target;
        this.overwrite = overwrite;
    }

    public boolean isStandardOutput() {
        return target.toString().equals("-");
    }

    /// @return how much was written
    /// @throws CommandFailed if something is there, or the directory is not; the content is not asked for then
    public <X extends Exception> long write(Content<X> content) throws IOException, CommandFailed, X {
        if (isStandardOutput()) {
            Counted out = new Counted(terminal.out());
            content.writeTo(out);
            out.flush();
            return out.bytes;
        }
        requireFree();
        Path whole = target.toAbsolutePath();
        Path directory = whole.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            throw new CommandFailed(
                    "DirectoryNotFound",
                    "There is no directory " + directory + ".",
                    "Make it, or choose another file to write to.");
        }
        Path unfinished = Files.createTempFile(directory, ".diskvault-", ".part");
        try {
            long bytes;
            try (Counted out = new Counted(new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES))) {
                content.writeTo(out);
                bytes = out.bytes;
            }
            requireFree();
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            return bytes;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void requireFree() throws CommandFailed {
        if (Files.isDirectory(target)) {
            throw new CommandFailed(
                    "TargetExists", target + " is a directory.", "Name the file in it that is to be written.");
        }
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailed(
                    "TargetExists",
                    target + " exists already.",
                    "Choose another file, or allow it to be replaced with --overwrite.");
        }
    }

    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            bytes += length;
        }
    }
}
