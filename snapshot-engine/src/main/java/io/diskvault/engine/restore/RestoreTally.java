package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.verify.RangeList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what a restore does. Belongs to the thread that writes.
final class RestoreTally {

    private final RangeList damaged = new RangeList(DamagedRanges.RANGES_MAX);
    private @Nullable CorruptDatastoreException first;
    private long restoredBytes;
    private long clearedBytes;
    private long keptBytes;

    void addRestored(long bytes) {
        restoredBytes += bytes;
    }

    /// Adds zeros that were written over something else.
    void addCleared(long bytes) {
        clearedBytes += bytes;
    }

    void addKept(long bytes) {
        keptBytes += bytes;
    }

    /// @param start not before the start of the part that was added last
    void addDamaged(long start, long end, CorruptDatastoreException why) {
        first = first == null ? why : first;
        damaged.add(start, end);
    }

    /// How far the restore is, in bytes of the disk that are not zero.
    long doneBytes() {
        return restoredBytes + keptBytes + damaged.bytes();
    }

    /// @throws CorruptDatastoreException when there is damage and nothing else
    void requireAnything() throws CorruptDatastoreException {
        if (first != null && restoredBytes + keptBytes == 0) {
            throw first;
        }
    }

    DiskRestore.Result result() {
        return new DiskRestore.Result(
                restoredBytes + clearedBytes,
                keptBytes,
                new DamagedRanges(
                        damaged.ranges(),
                        damaged.moreRanges(),
                        damaged.bytes(),
                        Optional.ofNullable(first).map(Throwable::getMessage)));
    }
}
