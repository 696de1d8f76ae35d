package io.diskvault.policy;

import java.time.Instant;
import java.util.Optional;

/// Instants from a first one on, strictly later one after the other, without end.
sealed interface Slots permits AbsoluteSlots, LocalSlots {
    /// The first slot that is later than the given time.
    Instant nextAfter(Instant instant);

    /// The newest slot that is not later than the given time; none before the first.
    Optional<Instant> latestAtOrBefore(Instant instant);
}
