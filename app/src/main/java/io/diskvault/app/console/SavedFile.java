package io.diskvault.app.console;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
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
    public <X extends Exception> long write(Content<X> content) throws IOException, X {
        if (isStandardOutput()) {
            Counted out = new Counted(terminal.out());
            content.writeTo(out);
            out.flush();
            return out.bytes;
        }
        requireFree();
        Path whole = target.toAbsolutePath();
        Path unfinished = Files.createTempFile(whole.resolveSibling(""), ".diskvault-", ".part");
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

    private void requireFree() throws IOException {
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
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
