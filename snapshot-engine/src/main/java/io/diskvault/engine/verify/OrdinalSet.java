package io.diskvault.engine.verify;

/// A set of entries of the index, one bit for each. Belongs to one thread at a time for writing.
final class OrdinalSet {

    private static final int PART_BITS = 1 << 26;

    private final long[][] parts;
    private long size;

    OrdinalSet(long entryCount) {
        parts = new long[Math.toIntExact(Math.ceilDiv(entryCount, PART_BITS))][];
        for (int i = 0; i < parts.length; i++) {
            long bits = Math.min(PART_BITS, entryCount - (long) i * PART_BITS);
            parts[i] = new long[Math.toIntExact(Math.ceilDiv(bits, Long.SIZE))];
        }
    }

    boolean contains(long ordinal) {
        return (word(ordinal)[index(ordinal)] & 1L << ordinal) != 0;
    }

    /// Answers whether it was not there yet.
    boolean add(long ordinal) {
        if (contains(ordinal)) {
            return false;
        }
        word(ordinal)[index(ordinal)] |= 1L << ordinal;
        size++;
        return true;
    }

    void remove(long ordinal) {
        if (contains(ordinal)) {
            word(ordinal)[index(ordinal)] &= ~(1L << ordinal);
            size--;
        }
    }

    long size() {
        return size;
    }

    private long[] word(long ordinal) {
        return parts[(int) (ordinal / PART_BITS)];
    }

    private static int index(long ordinal) {
        return (int) (ordinal % PART_BITS) / Long.SIZE;
    }
}
