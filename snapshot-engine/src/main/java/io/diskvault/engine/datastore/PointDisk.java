package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.lease.Lease;
import io.diskvault.engine.nbd.ExportedDisk;
import io.diskvault.engine.restore.ManifestDisk;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A recovery point that can be read like a disk, without being restored first. Thread-safe; must be closed.
///
/// While it is open it holds a lease, so that a collection keeps its chunks even if the point is removed. Opening and
/// reading take no more memory for a large disk than for a small one: 16 MiB of chunks and 6 MiB of nodes are kept,
/// and four readers, or one per processor if those are more, have three buffers of a chunk each.
public final class PointDisk implements ExportedDisk, AutoCloseable {

    private final RecoveryPoint point;
    private final ManifestDisk disk;
    private final int blockBytes;
    private final Optional<Lease> lease;
    private final String datastore;
    private final String datastoreId;

    /// Reads overlap with each other, but not with the end.
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    /// @param lease is given up at the end
    /// @param datastore where the datastore lies, for messages
    PointDisk(
            RecoveryPoint point,
            ManifestDisk disk,
            int blockBytes,
            Optional<Lease> lease,
            String datastore,
            String datastoreId) {
        this.point = point;
        this.disk = disk;
        this.blockBytes = blockBytes;
        this.lease = lease;
        this.datastore = datastore;
        this.datastoreId = datastoreId;
    }

    public RecoveryPoint point() {
        return point;
    }

    /// The id of the datastore that it is in.
    String datastoreId() {
        return datastoreId;
    }

    /// Whether a collection keeps its chunks even if the point is removed.
    boolean isHeld() {
        return lease.isPresent();
    }

    /// The size of the disk in bytes.
    @Override
    public long size() {
        return point.logicalBytes();
    }

    /// Reads that start and end at multiples of this cost least.
    @Override
    public int blockBytes() {
        return blockBytes;
    }

    /// Fills the rest of a buffer from an offset; holes read as zeros. What it gives is what was backed up, byte for
    /// byte, or an exception.
    ///
    /// @throws CorruptDatastoreException when anything of it is damaged or missing; then the buffer is of no use
    /// @throws IOException when the storage fails, or this was closed
    @Override
    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
        requireInside(offset, into.remaining());
        use(() -> {
            disk.read(offset, into);
            return into;
        });
    }

    /// The first stretch of data in a range; empty when the range holds nothing but holes, which read as zeros. It is
    /// known from the manifest, in whole blocks, and no content is read. A range that goes on needs another call.
    ///
    /// @param from where the range starts
    /// @param to where it ends
    @Override
    public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
        requireInside(from, to - from);
        return use(() -> disk.dataIn(from, to));
    }

    private void requireInside(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            throw new IllegalArgumentException(
                    length + " bytes at " + offset + " are not in a disk of " + size() + " bytes.");
        }
    }

    @FunctionalInterface
    private interface Use<R> {
        R run() throws IOException, DatastoreException;
    }

    private <R> R use(Use<R> work) throws IOException, DatastoreException {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IOException("Recovery point " + point.id() + " of " + point.disk() + " was closed.");
            }
            return work.run();
        } catch (CorruptDatastoreException e) {
            throw e.toBeVerified(datastore);
        } finally {
            use.readLock().unlock();
        }
    }

    /// Waits for the reads that run, and gives the lease up.
    @Override
    public void close() throws IOException {
        use.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                disk.close();
            } finally {
                if (lease.isPresent()) {
                    lease.get().close();
                }
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
