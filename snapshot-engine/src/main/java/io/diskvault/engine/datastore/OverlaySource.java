package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// All of a disk with an overlay, to be backed up like any disk. It must stand still, and is left open.
record OverlaySource(PointOverlay overlay) implements DiskSource {

    @Override
    public long sizeBytes() {
        return overlay.size();
    }

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        try {
            return offset < overlay.size() ? overlay.dataIn(offset, overlay.size()) : Optional.empty();
        } catch (DatastoreException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        try {
            overlay.read(offset, into);
        } catch (DatastoreException e) {
            throw unreadable(e);
        }
    }

    private static IOException unreadable(DatastoreException damage) {
        return new IOException(damage.getMessage(), damage);
    }

    @Override
    public boolean changedSinceOpened() {
        return false;
    }

    @Override
    public void close() {}
}
