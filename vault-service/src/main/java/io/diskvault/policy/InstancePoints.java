package io.diskvault.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What forecasts ask about instances. Policies come before instances, so those give the answer.
public interface InstancePoints {
    /// @param live the recovery points that are there, oldest first
    /// @param lastScheduled when the newest one of a scheduled backup was made
    record History(List<ForecastPoint> live, Optional<Instant> lastScheduled) {}

    /// What an instance has; empty if there is no such instance.
    ///
    /// @param instance `vault/name`
    Optional<History> find(String instance);
}
