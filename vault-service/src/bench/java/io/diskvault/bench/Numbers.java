package io.diskvault.bench;

import java.util.Arrays;

/// What was measured, as text: for people, and as lines that begin with `NUMBER` for the table at the end.
final class Numbers {
    private Numbers() {}

    /// @param asked what the value has to be at most, or at least if it is a rate
    static void print(String name, double value, String unit, double asked) {
        System.out.printf("NUMBER\t%s\t%.1f\t%s\t%.0f%n", name, value, unit, asked);
    }

    static double p99Millis(long[] nanos) {
        return percentile(nanos, 0.99) / 1e6;
    }

    static long percentile(long[] nanos, double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * share)];
    }

    static String text(long[] nanos) {
        return nanos.length == 0
                ? "nobody asked"
                : "%d answers, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                        .formatted(
                                nanos.length,
                                percentile(nanos, 0.5) / 1e6,
                                p99Millis(nanos),
                                Arrays.stream(nanos).max().orElse(0) / 1e6);
    }
}
