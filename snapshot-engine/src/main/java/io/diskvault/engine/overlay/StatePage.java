package io.diskvault.engine.overlay;

import io.diskvault.engine.format.Checksum;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/// The states of 2016 neighbouring blocks: one sector of the file, which storage writes whole or not at all.
/// Thread-safe.
final class StatePage {

    static final int BYTES = 512;

    private static final int WORDS = 63;
    private static final int BLOCKS_PER_WORD = Long.SIZE / BlockState.BITS;
    private static final long STATE_MASK = (1L << BlockState.BITS) - 1;

    /// Every second bit: the lower one of each state.
    private static final long LOWER_BITS = 0x5555_5555_5555_5555L;

    static final int BLOCKS = WORDS * BLOCKS_PER_WORD;

    private final int number;
    private final AtomicLongArray words = new AtomicLongArray(WORDS);
    private volatile boolean dirty;

    /// @param number which page of the disk it is
    StatePage(int number) {
        this.number = number;
    }

    /// Reads a page; empty when it is damaged.
    static Optional<StatePage> read(ByteBuffer bytes, int number) {
        int checksum = bytes.getInt(bytes.position() + BYTES - Checksum.CRC_BYTES);
        if (checksum != Checksum.crc32c(bytes.slice(bytes.position(), BYTES - Checksum.CRC_BYTES))) {
            return Optional.empty();
        }
        StatePage page = new StatePage(number);
        for (int i = 0; i < WORDS; i++) {
            long word = bytes.getLong();
            // No state has both bits.
            if ((word & (word >>> 1) & LOWER_BITS) != 0) {
                return Optional.empty();
            }
            page.words.set(i, word);
        }
        return bytes.getInt() == number ? Optional.of(page) : Optional.empty();
    }

    /// The page as it is stored. Other pages have other numbers, so that one in the wrong place is noticed.
    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < WORDS; i++) {
            bytes.putLong(words.get(i));
        }
        bytes.putInt(number);
        return bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position()))).flip();
    }

    int number() {
        return number;
    }

    BlockState get(int block) {
        long word = words.get(block / BLOCKS_PER_WORD);
        return BlockState.of((int) ((word >>> shift(block)) & STATE_MASK));
    }

    private static int shift(int block) {
        return BlockState.BITS * (block % BLOCKS_PER_WORD);
    }

    /// Sets a state, and gives the one that it takes the place of.
    BlockState set(int block, BlockState state) {
        int shift = shift(block);
        long bits = (long) state.code() << shift;
        long before = words.getAndUpdate(block / BLOCKS_PER_WORD, word -> (word & ~(STATE_MASK << shift)) | bits);
        // Afterwards: who makes the page clean and then reads it has seen this change, or finds the page dirty again.
        dirty = true;
        return BlockState.of((int) ((before >>> shift) & STATE_MASK));
    }

    /// The first block at or after one that is not as in the base; [#BLOCKS] when there is none.
    int nextChanged(int from) {
        int block = from;
        while (block < BLOCKS) {
            long rest = words.get(block / BLOCKS_PER_WORD) >>> shift(block);
            if (rest != 0) {
                return block + Long.numberOfTrailingZeros(rest) / BlockState.BITS;
            }
            block = (block / BLOCKS_PER_WORD + 1) * BLOCKS_PER_WORD;
        }
        return BLOCKS;
    }

    /// How many blocks are not as in the base.
    int changedCount() {
        int count = 0;
        for (int i = 0; i < WORDS; i++) {
            long word = words.get(i);
            count += Long.bitCount((word | (word >>> 1)) & LOWER_BITS);
        }
        return count;
    }

    void makeDirty() {
        dirty = true;
    }

    /// Whether it was changed since the last time that this was asked.
    boolean takeDirty() {
        boolean was = dirty;
        if (was) {
            dirty = false;
        }
        return was;
    }
}
