package io.diskvault.engine.collect;

import io.diskvault.engine.index.IndexView;

/// A set of numbers from 0 on; one bit each, also for more numbers than an array has elements.
final class Bits {

    private final long[] words;

    Bits(long count) {
        words = new long[Math.toIntExact(Math.ceilDiv(count, Long.SIZE))];
    }

    boolean contains(long number) {
        return (words[(int) (number / Long.SIZE)] & bit(number)) != 0;
    }

    /// @return whether the number was not in the set before
    boolean add(long number) {
        int word = (int) (number / Long.SIZE);
        boolean added = (words[word] & bit(number)) == 0;
        words[word] |= bit(number);
        return added;
    }

    /// Adds what another set has of a run of numbers, each moved.
    void addFrom(Bits other, IndexView.Moved run) {
        for (long i = 0; i < run.count(); i++) {
            if (other.contains(run.from() + i)) {
                add(run.to() + i);
            }
        }
    }

    private static long bit(long number) {
        return 1L << number % Long.SIZE;
    }
}
