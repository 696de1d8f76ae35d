package io.diskvault.metrics;

import java.util.List;
import java.util.function.Supplier;

/// One thing that is measured, of everything that has it.
///
/// @param name with dots, which Prometheus sees as underscores; ends in the unit, if there is one
/// @param samples asked for at most every few seconds, by one thread at a time; should not take longer than some
///     milliseconds
public record GaugeFamily(String name, String description, Supplier<List<Sample>> samples) {
    /// @param labels names and values in turns; the same names in each sample of a family
    public record Sample(double value, List<String> labels) {
        public Sample {
            labels = List.copyOf(labels);
        }

        /// Of a count, or of bytes up to 8 PiB.
        public static Sample of(long value, String... labels) {
            return of((double) value, labels);
        }

        public static Sample of(double value, String... labels) {
            return new Sample(value, List.of(labels));
        }
    }

    /// One number without labels.
    public static GaugeFamily single(String name, String description, Supplier<? extends Number> number) {
        return new GaugeFamily(
                name, description, () -> List.of(Sample.of(number.get().doubleValue())));
    }
}
