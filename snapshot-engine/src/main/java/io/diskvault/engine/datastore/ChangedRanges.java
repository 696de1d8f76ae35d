package io.diskvault.engine.datastore;

import io.diskvault.engine.manifest.ManifestDiff;
import io.diskvault.engine.manifest.ManifestShape;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins blocks that differ to ranges, and counts them.
final class ChangedRanges implements ManifestDiff.Visitor {

    private final ManifestShape later;
    private final Consumer<ChangedRange> ranges;
    private @Nullable ChangedRange last;
    private long changedBytes;
    private long zeroedBytes;
    private long count;

    ChangedRanges(ManifestShape later, Consumer<ChangedRange> ranges) {
        this.later = later;
        this.ranges = ranges;
    }

    @Override
    public void changed(long block) {
        add(block, ChangedRange.Kind.CHANGED);
    }

    @Override
    public void zeroed(long block) {
        add(block, ChangedRange.Kind.ZEROED);
    }

    private void add(long block, ChangedRange.Kind kind) {
        if (block >= later.blockCount()) {
            return;
        }
        long start = block * later.blockBytes();
        long end = start + later.blockLength(block);
        if (last != null && last.end() == start && last.kind() == kind) {
            last = new ChangedRange(last.start(), end, kind);
        } else {
            tellLast();
            last = new ChangedRange(start, end, kind);
        }
    }

    private void tellLast() {
        if (last == null) {
            return;
        }
        count++;
        switch (last.kind()) {
            case CHANGED -> changedBytes += last.bytes();
            case ZEROED -> zeroedBytes += last.bytes();
        }
        ranges.accept(last);
        last = null;
    }

    /// Tells the last range, and what it was all together.
    DiffResult finish(long earlierBytes, long nodesRead) {
        tellLast();
        return new DiffResult(earlierBytes, later.diskBytes(), changedBytes, zeroedBytes, count, nodesRead);
    }
}
