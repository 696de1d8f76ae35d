package io.diskvault.engine.overlay;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// A disk that can be written to: a base, and an overlay that takes what is written. Thread-safe; must be closed.
///
/// Nothing is promised about writes and reads of the same bytes that overlap, as of any disk; writes to different
/// bytes never touch each other, also within a block.
public final class DiskOverlay implements AutoCloseable {

    private final BaseDisk base;
    private final OverlayFile file;
    private final OverlayHeader header;
    private final BlockStates states;
    private final BlockLocks locks;

    private DiskOverlay(BaseDisk base, OverlayFile file) {
        this.base = base;
        this.file = file;
        this.header = file.header();
        this.states = file.states();
        this.locks = new BlockLocks(header);
    }

    /// Begins with nothing but the base.
    ///
    /// @param name the file to make in the directory
    /// @throws OverlayUnusableException when there is something of that name already
    public static DiskOverlay create(BaseDisk base, Directory directory, String name, OverlayHeader header)
            throws IOException, DatastoreException {
        return new DiskOverlay(base, OverlayFile.create(directory, name, header));
    }

    /// Goes on with what was written before.
    ///
    /// @param header what the base is
    /// @throws OverlayUnusableException when the file belongs to another base, or is in use
    public static DiskOverlay open(BaseDisk base, Directory directory, String name, OverlayHeader header)
            throws IOException, DatastoreException {
        return new DiskOverlay(base, OverlayFile.open(directory, name, header));
    }

    /// Which base a file belongs to, also while somebody else uses it.
    public static OverlayHeader header(Directory directory, String name) throws IOException, DatastoreException {
        return OverlayFile.header(directory, name);
    }

    public long size() {
        return header.diskBytes();
    }

    /// Writes that start and end at multiples of this cost least.
    public int blockBytes() {
        return header.blockBytes();
    }

    /// How much of the disk was written or cleared, in whole blocks.
    public long changedBytes() {
        long count = states.changedCount();
        long last = header.blockCount() - 1;
        long missing =
                last >= 0 && states.get(last) != BlockState.BASE ? header.blockBytes() - header.blockLength(last) : 0;
        return count * header.blockBytes() - missing;
    }

    /// Fills the rest of a buffer from an offset.
    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
        requireInside(offset, into.remaining());
        long at = offset;
        long end = offset + into.remaining();
        while (at < end) {
            BlockState state = states.get(blockOf(at));
            long to = endOfRun(state, at, end);
            ByteBuffer part = into.slice(into.position(), (int) (to - at));
            switch (state) {
                case BASE -> base.read(at, part);
                case WRITTEN -> file.read(blockOf(at), (int) (at % header.blockBytes()), part);
                case ZEROS -> MemorySegment.ofBuffer(part).fill((byte) 0);
            }
            into.position(into.position() + (int) (to - at));
            at = to;
        }
    }

    private long blockOf(long offset) {
        return offset / header.blockBytes();
    }

    /// Where a stretch of blocks of one state ends.
    private long endOfRun(BlockState state, long at, long limit) {
        long last = blockOf(limit - 1);
        long block = blockOf(at) + 1;
        if (state == BlockState.BASE) {
            block = states.nextChanged(block, last + 1);
        } else {
            while (block <= last && states.get(block) == state) {
                block++;
            }
        }
        return block > last ? limit : block * header.blockBytes();
    }

    private void requireInside(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            throw new IllegalArgumentException(
                    length + " bytes at " + offset + " are not in a disk of " + size() + " bytes.");
        }
    }

    /// Writes the rest of a buffer at an offset.
    public void write(long offset, ByteBuffer from) throws IOException, DatastoreException {
        requireInside(offset, from.remaining());
        locks.change(offset, from.remaining(), (block, start, length) -> {
            ByteBuffer part = from.slice(from.position(), length);
            write(block, start, part);
            from.position(from.position() + length);
        });
    }

    private void write(long block, int start, ByteBuffer part) throws IOException, DatastoreException {
        BlockState state = states.get(block);
        int length = header.blockLength(block);
        if (state == BlockState.WRITTEN) {
            file.write(block, start, part);
            file.changed();
        } else if (part.remaining() == length) {
            file.write(block, 0, part);
            file.set(block, BlockState.WRITTEN);
        } else {
            // All of it, even where it is zeros: an earlier life of the file may have left something at its place.
            ByteBuffer whole = ByteBuffer.allocate(length);
            if (state == BlockState.BASE) {
                base.read(block * header.blockBytes(), whole);
            }
            whole.put(start, part, part.position(), part.remaining());
            file.write(block, 0, whole.rewind());
            file.set(block, BlockState.WRITTEN);
        }
    }

    /// Makes a range read as zeros.
    ///
    /// @param allocate whether to take the room that writing zeros would take, so that later writes find it
    public void clear(long offset, long length, boolean allocate) throws IOException, DatastoreException {
        requireInside(offset, length);
        ByteBuffer zeros = ByteBuffer.allocateDirect(header.blockBytes());
        Clearing clearing = new Clearing(base, file, offset, offset + length);
        locks.change(offset, length, (block, start, count) -> {
            boolean whole = count == header.blockLength(block);
            if (allocate || (!whole && !clearing.isZero(block))) {
                write(block, start, zeros.clear().limit(count));
            } else if (whole) {
                clearing.clear(block);
            }
        });
    }

    /// Says that nobody needs a range any more: what is in it is undefined from now on. Whole blocks read as zeros
    /// then, and take no room.
    public void trim(long offset, long length) throws IOException, DatastoreException {
        requireInside(offset, length);
        Clearing clearing = new Clearing(base, file, offset, offset + length);
        locks.change(offset, length, (block, _, count) -> {
            if (count == header.blockLength(block)) {
                clearing.clear(block);
            }
        });
    }

    /// The first stretch of data in a range; empty when all of it reads as zeros.
    public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
        requireInside(from, to - from);
        long start = to;
        long at = from;
        while (at < to) {
            BlockState state = states.get(blockOf(at));
            long runEnd = endOfRun(state, at, to);
            Optional<Extent> data = dataInRun(state, at, runEnd);
            if (start < to && (data.isEmpty() || data.get().offset() > at)) {
                return Optional.of(new Extent(start, at - start));
            }
            if (data.isPresent()) {
                start = Math.min(start, data.get().offset());
                if (data.get().end() < runEnd) {
                    return Optional.of(new Extent(start, data.get().end() - start));
                }
            }
            at = runEnd;
        }
        return start < to ? Optional.of(new Extent(start, to - start)) : Optional.empty();
    }

    private Optional<Extent> dataInRun(BlockState state, long from, long to) throws IOException, DatastoreException {
        return switch (state) {
            case BASE -> base.dataIn(from, to);
            case WRITTEN -> Optional.of(new Extent(from, to - from));
            case ZEROS -> Optional.empty();
        };
    }

    /// Makes everything durable whose write had returned when this was called.
    public void flush() throws IOException {
        file.flush();
    }

    /// Lets nobody change anything meanwhile: they wait.
    public <R> R standingStill(BlockLocks.Look<R> look) throws IOException, DatastoreException {
        return locks.standingStill(look);
    }

    /// Where the first byte at or after an offset is that was written or cleared, as far as whole blocks tell; empty
    /// when there is none.
    public OptionalLong changedFrom(long offset) {
        long block = offset < size() ? states.nextChanged(blockOf(offset), header.blockCount()) : header.blockCount();
        return block < header.blockCount()
                ? OptionalLong.of(Math.max(offset, block * header.blockBytes()))
                : OptionalLong.empty();
    }

    /// Makes everything durable, and keeps the file.
    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Removes the file, and with it all that was written. Nothing else may be called afterwards.
    public void discard() throws IOException {
        file.discard();
    }
}
