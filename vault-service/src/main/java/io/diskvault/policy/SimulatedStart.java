package io.diskvault.policy;

import java.time.Instant;
import java.util.Optional;

/// Where a simulation starts.
///
/// @param after the first slot is later than this
/// @param previousPoint when the last scheduled point before that was made; none of an instance without history
record SimulatedStart(Instant after, Optional<Instant> previousPoint) {
    /// An instance without history, whose first slot may be at the given instant.
    static SimulatedStart at(Instant instant) {
        return new SimulatedStart(instant.minusNanos(1), Optional.empty());
    }
}
