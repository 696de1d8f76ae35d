package io.diskvault.engine.collect;

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

    private static long bit(long number) {
        return 1L << number % Long.SIZE;
    }
}
