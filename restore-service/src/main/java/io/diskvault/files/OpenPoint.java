package io.diskvault.files;

import io.diskvault.engine.datastore.PointDisk;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A recovery point whose files are read, by several at once perhaps. Whoever took it closes it.
public final class OpenPoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPoint.class);

    private final PointDisk disk;
    private final PointFiles files;
    private int users;
    private long unusedSince = System.nanoTime();
    private boolean retired;
    private boolean ended;

    OpenPoint(PointDisk disk, PointFiles files) {
        this.disk = disk;
        this.files = files;
    }

    public PointFiles files() {
        return files;
    }

    synchronized void use() {
        users++;
    }

    /// Gives it back.
    @Override
    public synchronized void close() {
        users--;
        unusedSince = System.nanoTime();
        endIfOver();
    }

    /// Nobody else gets it, and it ends with its last user.
    synchronized void retire() {
        retired = true;
        endIfOver();
    }

    private void endIfOver() {
        if (retired && users == 0) {
            end();
        }
    }

    /// Ends it, whoever uses it.
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        files.close();
        try {
            disk.close();
        } catch (IOException failure) {
            // A lease that could not be removed is known by its free lock.
            LOG.warn("A recovery point could not be closed.", failure);
        }
    }

    synchronized boolean isUsable() {
        return !ended && files.isOpen();
    }

    synchronized boolean isIdle() {
        return users == 0;
    }

    synchronized long idleNanos() {
        return System.nanoTime() - unusedSince;
    }
}
