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

/// Writes to an open file of the operating system, large pieces past its page cache where the file system can do
/// that: a restored disk is larger than the cache and is not read again at once, and filling the cache takes more
/// processor time than the write itself. Writes may overlap when their ranges do not.
final class LocalWrites implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWrites.class);

    /// Smaller writes are left to the cache, which gathers them.
    private static final int DIRECT_BYTES_MIN = 64 << 10;

    /// A second way to the same file, for ranges whose ends and memory are multiples of a block.
    private record Direct(FileChannel channel, int blockBytes) {}

    private final FileChannel cached;
    private final Path path;
    private volatile Optional<Direct> direct = Optional.empty();
    private volatile boolean opened;

    /// @param cached is not closed with this
    /// @param path leads to the same file for as long as nothing was written
    LocalWrites(FileChannel cached, Path path) {
        this.cached = cached;
        this.path = path;
    }

    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        if (bytes.remaining() >= DIRECT_BYTES_MIN) {
            at += writeDirect(bytes, position);
        }
        while (bytes.hasRemaining()) {
            at += cached.write(bytes, at);
        }
    }

    private int writeDirect(ByteBuffer bytes, long position) throws IOException {
        Optional<Direct> way = direct();
        if (way.isEmpty() || !isAligned(bytes, position, way.get().blockBytes)) {
            return 0;
        }
        int blockBytes = way.get().blockBytes;
        int start = bytes.position();
        ByteBuffer wholeBlocks = bytes.slice(start, bytes.remaining() - bytes.remaining() % blockBytes);
        // A write that was cut short within a block, by a full disk for example, is gone on with through the cache.
        while (wholeBlocks.hasRemaining() && wholeBlocks.position() % blockBytes == 0) {
            way.get().channel.write(wholeBlocks, position + wholeBlocks.position());
        }
        bytes.position(start + wholeBlocks.position());
        return wholeBlocks.position();
    }

    private static boolean isAligned(ByteBuffer bytes, long position, int blockBytes) {
        return position % blockBytes == 0
                && (!bytes.isDirect() || bytes.alignmentOffset(bytes.position(), blockBytes) == 0);
    }

    private Optional<Direct> direct() {
        if (!opened) {
            open();
        }
        return direct;
    }

    private synchronized void open() {
        if (opened) {
            return;
        }
        try {
            int blockBytes = Math.toIntExact(Files.getFileStore(path).getBlockSize());
            FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.WRITE, directOption()));
            direct = Optional.of(new Direct(channel, blockBytes));
        } catch (IOException | UnsupportedOperationException | ReflectiveOperationException e) {
            LOG.debug("{} is written through the page cache: {}", path, e.toString());
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
        if (direct.isPresent()) {
            direct.get().channel.close();
        }
    }
}
