package io.diskvault.engine.overlay;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.util.Optional;

/// Clears blocks of one range, from its start to its end, and knows where the base has nothing to be hidden. The
/// caller has the lock of each block.
final class Clearing {

    private final BaseDisk base;
    private final OverlayFile file;
    private final OverlayHeader header;
    private final BlockStates states;
    private final long from;
    private final long to;
    private Optional<Extent> data = Optional.empty();
    private long searchedTo;

    Clearing(BaseDisk base, OverlayFile file, long from, long to) {
        this.base = base;
        this.file = file;
        this.header = file.header();
        this.states = file.states();
        this.from = from;
        this.to = to;
        this.searchedTo = from;
    }

    /// Makes a block read as zeros, without its room.
    void clear(long block) throws IOException, DatastoreException {
        switch (states.get(block)) {
            case ZEROS -> {}
            case WRITTEN -> {
                file.set(block, BlockState.ZEROS);
                file.release(block);
            }
            case BASE -> {
                if (!isHoleInBase(block)) {
                    file.set(block, BlockState.ZEROS);
                }
            }
        }
    }

    /// Whether that part of a block that is in the range reads as zeros.
    boolean isZero(long block) throws IOException, DatastoreException {
        return switch (states.get(block)) {
            case ZEROS -> true;
            case WRITTEN -> false;
            case BASE -> isHoleInBase(block);
        };
    }

    /// Whether the base has nothing in that part of a block that is in the range.
    private boolean isHoleInBase(long block) throws IOException, DatastoreException {
        long start = Math.max(from, block * header.blockBytes());
        long end = Math.min(to, block * header.blockBytes() + header.blockLength(block));
        if (searchedTo <= start) {
            data = base.dataIn(start, to);
            searchedTo = data.map(Extent::end).orElse(to);
        }
        return data.filter(extent -> extent.offset() < end).isEmpty();
    }
}
