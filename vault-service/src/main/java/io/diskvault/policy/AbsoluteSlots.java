package io.diskvault.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Slots that are all the same time apart, whatever clocks show.
record AbsoluteSlots(Instant anchor, Duration length) implements Slots {
    @Override
    public Instant nextAfter(Instant instant) {
        return slot(Math.max(0, numberAtOrBefore(instant) + 1));
    }

    @Override
    public Optional<Instant> latestAtOrBefore(Instant instant) {
        long number = numberAtOrBefore(instant);
        return number < 0 ? Optional.empty() : Optional.of(slot(number));
    }

    /// Slots are numbered from the anchor, which is 0; negative before it.
    private long numberAtOrBefore(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() - anchor.getEpochSecond(), length.toSeconds());
    }

    private Instant slot(long number) {
        return Instant.ofEpochSecond(anchor.getEpochSecond() + number * length.toSeconds());
    }
}
