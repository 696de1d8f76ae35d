package io.diskvault.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A time in which no recovery point was made. Whatever was written to the disk in it cannot be given back as it was
/// in between.
public record RecoveryPointGap(Instant start, Instant end) {
    public Duration length() {
        return Duration.between(start, end);
    }

    /// The longest gap of a period; of equally long ones the first. None if the period is empty.
    ///
    /// @param points when recovery points were made, all in the period, in their order
    public static Optional<RecoveryPointGap> longest(Instant from, Instant to, List<Instant> points) {
        if (!from.isBefore(to)) {
            return Optional.empty();
        }
        RecoveryPointGap longest = new RecoveryPointGap(from, from);
        Instant previous = from;
        for (Instant point : points) {
            longest = longer(longest, new RecoveryPointGap(previous, point));
            previous = point;
        }
        return Optional.of(longer(longest, new RecoveryPointGap(previous, to)));
    }

    private static RecoveryPointGap longer(RecoveryPointGap first, RecoveryPointGap second) {
        return second.length().compareTo(first.length()) > 0 ? second : first;
    }
}
