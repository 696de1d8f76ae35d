package io.diskvault.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A second way to an open file of the operating system, past its page cache where the file system can do that. It
/// takes what begins and ends at multiples of a block and lies in memory that does, too; the rest is left to the
/// first way. Transfers may overlap when their ranges do not.
final class DirectAccess implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectAccess.class);

    private record Way(FileChannel channel, int blockBytes) {

        private boolean fits(ByteBuffer bytes, long position) {
            return position % blockBytes == 0
                    && (!bytes.isDirect() || bytes.alignmentOffset(bytes.position(), blockBytes) == 0);
        }

        /// The part of a buffer that is whole blocks.
        private ByteBuffer wholeBlocks(ByteBuffer bytes) {
            return bytes.slice(bytes.position(), bytes.remaining() - bytes.remaining() % blockBytes);
        }
    }

    private final Path path;
    private final OpenOption access;
    private volatile Optional<Way> way = Optional.empty();
    private volatile boolean opened;

    /// @param path leads to the same file for as long as nothing was transferred
    /// @param access for reading or for writing
    DirectAccess(Path path, StandardOpenOption access) {
        this.path = path;
        this.access = access;
    }

    /// Writes what it can of a buffer, which then stands behind it, and answers how much that was.
    int write(ByteBuffer bytes, long position) throws IOException {
        Optional<Way> direct = way();
        if (direct.isEmpty() || !direct.get().fits(bytes, position)) {
            return 0;
        }
        Way to = direct.get();
        ByteBuffer wholeBlocks = to.wholeBlocks(bytes);
        // A write that was cut short within a block, by a full disk for example, is gone on with through the cache.
        while (wholeBlocks.hasRemaining() && wholeBlocks.position() % to.blockBytes == 0) {
            to.channel.write(wholeBlocks, position + wholeBlocks.position());
        }
        bytes.position(bytes.position() + wholeBlocks.position());
        return wholeBlocks.position();
    }

    /// Reads what it can of a buffer, which then stands behind it, and answers how much that was.
    int read(ByteBuffer into, long position) throws IOException {
        Optional<Way> direct = way();
        if (direct.isEmpty() || !direct.get().fits(into, position)) {
            return 0;
        }
        Way from = direct.get();
        ByteBuffer wholeBlocks = from.wholeBlocks(into);
        int count = 1;
        while (count > 0 && wholeBlocks.hasRemaining() && wholeBlocks.position() % from.blockBytes == 0) {
            count = from.channel.read(wholeBlocks, position + wholeBlocks.position());
        }
        into.position(into.position() + wholeBlocks.position());
        return wholeBlocks.position();
    }

    private Optional<Way> way() {
        if (!opened) {
            open();
        }
        return way;
    }

    private synchronized void open() {
        if (opened) {
            return;
        }
        try {
            int blockBytes = Math.toIntExact(Files.getFileStore(path).getBlockSize());
            way = Optional.of(new Way(FileChannel.open(path, Set.of(access, directOption())), blockBytes));
        } catch (IOException | UnsupportedOperationException | ReflectiveOperationException e) {
            LOG.debug("{} is reached through the page cache: {}", path, e.toString());
        }
        opened = true;
    }

    /// The option `DIRECT` of the module `jdk.unsupported`, which has it to stay but must not be named in source code
    /// that is compiled without warnings.
    private static OpenOption directOption() throws ReflectiveOperationException {
        Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
        return (OpenOption) options.getField("DIRECT").get(null);
    }

    @Override
    public void close() throws IOException {
        if (way.isPresent()) {
            way.get().channel.close();
        }
    }
}
