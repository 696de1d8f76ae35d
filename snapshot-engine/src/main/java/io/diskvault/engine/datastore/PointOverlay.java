package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.backup.DiskChanges;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.nbd.WritableDisk;
import io.diskvault.engine.overlay.BaseDisk;
import io.diskvault.engine.overlay.BlockLocks;
import io.diskvault.engine.overlay.DiskOverlay;
import io.diskvault.engine.overlay.OverlayHeader;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// A recovery point that can be written to like a disk. What is written goes to a file, the *overlay*, and never to
/// the datastore: the recovery point stays as it is. Thread-safe; must be closed, before the point's disk is.
///
/// What was flushed is in the file after any crash, and is there again when it is opened over the same recovery
/// point. The file takes the room of what was written, in blocks of 64 KiB, can only be read by its owner, and is not
/// encrypted. Nobody else can open it meanwhile.
public final class PointOverlay implements WritableDisk, AutoCloseable {

    /// What is copied from the recovery point when a part of it is written to for the first time.
    private static final int BLOCK_BYTES = ChunkSize.DEFAULT.bytes();

    private final PointDisk base;
    private final DiskOverlay disk;

    private PointOverlay(PointDisk base, DiskOverlay disk) {
        this.base = base;
        this.disk = disk;
    }

    /// Where an overlay is.
    private record Place(Directory directory, String name) {

        static Place of(Path file) throws IOException {
            Path whole = file.toAbsolutePath().normalize();
            Path parent = whole.getParent();
            Path name = whole.getFileName();
            if (parent == null || name == null || !Files.isDirectory(parent)) {
                throw new NoSuchFileException(String.valueOf(parent));
            }
            return new Place(new LocalDirectory(parent), name.toString());
        }
    }

    /// Makes an overlay in which nothing is written yet.
    ///
    /// @param base stays open as long as the overlay, and longer
    /// @param file must not exist; its directory must
    /// @throws OverlayUnusableException when the file exists
    public static PointOverlay create(PointDisk base, Path file) throws IOException, DatastoreException {
        Place place = Place.of(file);
        return create(base, place.directory, place.name);
    }

    static PointOverlay create(PointDisk base, Directory directory, String name)
            throws IOException, DatastoreException {
        return new PointOverlay(base, DiskOverlay.create(reader(base), directory, name, header(base)));
    }

    /// Opens an overlay again, with all that was written to it.
    ///
    /// @param base the recovery point that it was made for
    /// @throws OverlayUnusableException when it was made for another one, or is in use, or does not exist
    /// @throws CorruptDatastoreException when it is damaged, or no overlay at all
    public static PointOverlay open(PointDisk base, Path file) throws IOException, DatastoreException {
        Place place = Place.of(file);
        return open(base, place.directory, place.name);
    }

    static PointOverlay open(PointDisk base, Directory directory, String name) throws IOException, DatastoreException {
        return new PointOverlay(base, DiskOverlay.open(reader(base), directory, name, header(base)));
    }

    /// Which recovery point a file is the overlay of.
    static OverlayHeader header(Path file) throws IOException, DatastoreException {
        Place place = Place.of(file);
        return DiskOverlay.header(place.directory, place.name);
    }

    private static OverlayHeader header(PointDisk base) {
        RecoveryPoint point = base.point();
        return new OverlayHeader(
                base.datastoreId(),
                point.disk(),
                point.id().value(),
                point.manifestRoot().map(ChunkId::toString).orElse(""),
                base.size(),
                BLOCK_BYTES);
    }

    private static BaseDisk reader(PointDisk base) {
        return new BaseDisk() {
            @Override
            public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
                base.read(offset, into);
            }

            @Override
            public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
                return base.dataIn(from, to);
            }
        };
    }

    /// The recovery point that it was made for.
    public PointDisk base() {
        return base;
    }

    @Override
    public long size() {
        return disk.size();
    }

    /// Writes that start and end at multiples of this cost least.
    @Override
    public int blockBytes() {
        return disk.blockBytes();
    }

    /// How much of the disk was written or cleared, in whole blocks.
    public long changedBytes() {
        return disk.changedBytes();
    }

    /// Fills the rest of a buffer from an offset.
    @Override
    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
        disk.read(offset, into);
    }

    /// Writes the rest of a buffer at an offset.
    @Override
    public void write(long offset, ByteBuffer from) throws IOException, DatastoreException {
        disk.write(offset, from);
    }

    /// Makes a range read as zeros.
    ///
    /// @param allocate whether to take the room that writing zeros would take, so that later writes find it
    @Override
    public void clear(long offset, long length, boolean allocate) throws IOException, DatastoreException {
        disk.clear(offset, length, allocate);
    }

    /// Says that nobody needs a range any more. Whole blocks of it read as zeros then, and take no room.
    @Override
    public void trim(long offset, long length) throws IOException, DatastoreException {
        disk.trim(offset, length);
    }

    /// Makes everything durable whose write had returned when this was called.
    @Override
    public void flush() throws IOException {
        disk.flush();
    }

    /// The first stretch of data in a range; empty when all of it reads as zeros.
    @Override
    public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
        return disk.dataIn(from, to);
    }

    /// Lets nobody write meanwhile: they wait.
    <R> R standingStill(BlockLocks.Look<R> look) throws IOException, DatastoreException {
        return disk.standingStill(look);
    }

    DiskChanges changes() {
        return new DiskChanges() {
            @Override
            public OptionalLong changedFrom(long offset) {
                return disk.changedFrom(offset);
            }

            @Override
            public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
                disk.read(offset, into);
            }
        };
    }

    /// Makes everything durable, and keeps the file. The recovery point stays open.
    @Override
    public void close() throws IOException {
        disk.close();
    }

    /// Removes the file, and with it all that was written; instead of closing.
    public void discard() throws IOException {
        disk.discard();
    }
}
