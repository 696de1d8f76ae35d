package io.diskvault.link;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.datastore.PointDisk;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts transfers, as many at once as there may be. Each holds a lease on its recovery point until it is closed, so
/// what it reads stays although the point may expire meanwhile.
@Singleton
public class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    private static final int PIECE_BYTES = 256 << 10;

    private final LinkDoor door;
    private final LinkSettings settings;
    private final Semaphore places;

    Transfers(LinkDoor door, LinkSettings settings) {
        this.door = door;
        this.settings = settings;
        this.places = new Semaphore(settings.transfers());
    }

    /// Opens a part of what a link leads to. The stream must be closed.
    ///
    /// @throws CommandRejected if too many transfers run, or the point has gone in this moment
    public PointStream start(LinkedPoint linked, long position, long length) {
        PointDisk disk = open(linked);
        return new PointStream(
                linked.layout(),
                disk::read,
                Math.max(PIECE_BYTES, disk.blockBytes()),
                position,
                length,
                door.watch(linked.link()),
                () -> end(disk));
    }

    /// Opens what a link leads to. It takes a place until [#end].
    ///
    /// @throws CommandRejected as above
    PointDisk open(LinkedPoint linked) {
        if (!places.tryAcquire()) {
            throw new CommandRejected(
                    LinkRejection.TOO_MANY_TRANSFERS,
                    "%d transfers by links are running.".formatted(settings.transfers()));
        }
        boolean opened = false;
        try {
            PointDisk disk = linked.datastore().openPoint(linked.point());
            opened = true;
            return disk;
        } catch (PointNotFoundException gone) {
            throw LinkRejection.pointGone();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (DatastoreException failure) {
            throw new IllegalStateException(failure);
        } finally {
            if (!opened) {
                places.release();
            }
        }
    }

    void end(PointDisk disk) {
        places.release();
        try {
            disk.close();
        } catch (IOException failure) {
            // The reader has what it wanted; a lease that could not be removed is known by its free lock.
            LOG.warn("A recovery point could not be closed.", failure);
        }
    }
}
