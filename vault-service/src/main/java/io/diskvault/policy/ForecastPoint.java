package io.diskvault.policy;

import java.time.Instant;
import java.util.Optional;

/// A recovery point that will be there on a date if nothing fails.
///
/// @param id of a point that there is already; empty if it is still to be made
public record ForecastPoint(Optional<String> id, Instant snapshotTime, RetentionTag tag, Instant expiryTime) {}
