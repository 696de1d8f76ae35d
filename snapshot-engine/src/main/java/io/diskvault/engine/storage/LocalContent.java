package io.diskvault.engine.storage;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// What a disk holds that is being changed, read past the page cache where the file system can do that: what was
/// written to the cache and never reached the storage would look right there. It also leaves the cache to others.
final class LocalContent implements DiskSource {

    private final DiskSource cached;
    private final DirectAccess direct;

    /// @param cached the same disk through the page cache; is closed with this
    /// @param path leads to the same file for as long as nothing was read
    LocalContent(DiskSource cached, Path path) {
        this.cached = cached;
        this.direct = new DirectAccess(path, StandardOpenOption.READ);
    }

    @Override
    public long sizeBytes() {
        return cached.sizeBytes();
    }

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        return cached.dataFrom(offset);
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        long at = offset + direct.read(into, offset);
        if (into.hasRemaining()) {
            cached.read(into, at);
        }
    }

    @Override
    public boolean changedSinceOpened() throws IOException {
        return cached.changedSinceOpened();
    }

    @Override
    public void close() throws IOException {
        try (cached) {
            direct.close();
        }
    }
}
