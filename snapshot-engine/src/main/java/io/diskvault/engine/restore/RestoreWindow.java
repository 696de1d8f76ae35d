package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Neighbouring blocks of a disk on their way to the target. Each lies where it lies on the disk, so that a run of
/// them is one write.
final class RestoreWindow {

    /// What is to be done about one block of the target.
    private enum Fate {
        /// It has to become zeros.
        CLEAR,
        /// It holds something, and has to become zeros.
        CLEAR_HELD,
        WRITE,
        /// It holds what it has to.
        KEEP,
        /// It holds zeros, as it has to.
        KEEP_ZEROS,
        /// Nobody knows what it has to hold.
        GIVE_UP
    }

    private final ByteBuffer memory;
    private final int blockBytes;
    private final Fate[] fates;

    /// Bit i is set when the target was found to hold data in block i.
    private long held;

    private long start;
    private int length;
    private @Nullable CorruptDatastoreException damage;

    RestoreWindow(ByteBuffer memory, int blockBytes) {
        this.memory = memory;
        this.blockBytes = blockBytes;
        this.fates = new Fate[memory.capacity() / blockBytes];
    }

    /// Begins anew: the blocks have to become zeros, as far as is known.
    ///
    /// @param position where on the disk it starts
    /// @param bytes how much of the disk it covers
    RestoreWindow at(long position, int bytes) {
        start = position;
        length = bytes;
        held = 0;
        damage = null;
        Arrays.fill(fates, Fate.CLEAR);
        return this;
    }

    /// Reads what the target holds, except its holes; nothing has to be done about those as far as is known.
    void read(DiskSource target) throws IOException {
        Arrays.fill(fates, Fate.KEEP_ZEROS);
        long end = start + length;
        long at = start;
        Optional<Extent> data = target.dataFrom(start);
        while (data.isPresent() && data.get().offset() < end) {
            long from = Math.max(at, data.get().offset());
            long to = Math.min(end, data.get().end());
            zeros(at, from);
            target.read(memory.slice((int) (from - start), (int) (to - from)), from);
            for (long block = (from - start) / blockBytes; block * blockBytes < to - start; block++) {
                held |= 1L << block;
            }
            at = to;
            data = at < end ? target.dataFrom(at) : Optional.empty();
        }
        if (held != 0) {
            zeros(at, end);
        }
    }

    private void zeros(long from, long to) {
        MemorySegment.ofBuffer(memory).asSlice(from - start, to - from).fill((byte) 0);
    }

    /// Whether the target holds data in a block, which may be zeros.
    boolean isHeld(int block) {
        return (held & (1L << block)) != 0;
    }

    /// What the target holds in a block that holds data.
    ByteBuffer heldContent(int block, int bytes) {
        return memory.slice(block * blockBytes, bytes);
    }

    /// A block of the target has to hold zeros: whatever else it holds has to go.
    void clearHeld(int block, int bytes) {
        if (isHeld(block) && !isZero(heldContent(block, bytes))) {
            fates[block] = Fate.CLEAR_HELD;
        }
    }

    private static boolean isZero(ByteBuffer content) {
        // All zeros: the first byte is, and each equals the one before.
        MemorySegment bytes = MemorySegment.ofBuffer(content);
        long last = bytes.byteSize() - 1;
        return content.get(0) == 0 && bytes.asSlice(0, last).mismatch(bytes.asSlice(1, last)) < 0;
    }

    /// A block of the target is right.
    void keep(int block) {
        fates[block] = Fate.KEEP;
    }

    /// Where the content of a block goes, which must then be put there or given up.
    ByteBuffer roomFor(int block, int bytes) {
        fates[block] = Fate.WRITE;
        return memory.slice(block * blockBytes, bytes);
    }

    void giveUp(int block, CorruptDatastoreException why) {
        fates[block] = Fate.GIVE_UP;
        damage = damage == null ? why : damage;
    }

    /// Does to the target what has to be done.
    void writeTo(RestoreTarget target, RestoreTally tally) throws IOException {
        int at = 0;
        while (at < length) {
            Fate fate = fates[at / blockBytes];
            int end = at;
            while (end < length && fates[end / blockBytes] == fate) {
                end = Math.min(length, end + blockBytes);
            }
            write(fate, at, end - at, target, tally);
            at = end;
        }
    }

    private void write(Fate fate, int at, int bytes, RestoreTarget target, RestoreTally tally) throws IOException {
        long position = start + at;
        switch (fate) {
            case CLEAR -> target.clear(position, bytes);
            case CLEAR_HELD -> {
                target.clear(position, bytes);
                tally.addCleared(bytes);
            }
            case WRITE -> {
                target.write(memory.slice(at, bytes), position);
                tally.addRestored(bytes);
            }
            case KEEP -> tally.addKept(bytes);
            case KEEP_ZEROS -> {}
            case GIVE_UP -> {
                target.giveUp(position, bytes);
                tally.addDamaged(position, position + bytes, Objects.requireNonNull(damage));
            }
        }
    }
}
