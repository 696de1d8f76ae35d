package io.diskvault.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What forecasts ask about instances. Policies come before instances, so those give the answer.
public interface InstancePoints {
    /// @param live the recovery points that are there, oldest first
    /// @param held those of them that are on legal hold
    /// @param lastScheduled when the newest one of a scheduled backup was made
    /// @param protection what goes on for the instance as it is
    record History(
            List<ForecastPoint> live,
            Set<ForecastPoint> held,
            Optional<Instant> lastScheduled,
            ForecastProtection protection) {
        /// Whether a point stays although its time is up.
        boolean keeps(ForecastPoint point) {
            return !protection.expires() || held.contains(point);
        }

        /// Whether the instance is purged by then; a legal hold on any of its points prevents that.
        boolean isPurgedAt(Instant instant) {
            return held.isEmpty()
                    && protection
                            .purgeTime()
                            .filter(time -> !time.isAfter(instant))
                            .isPresent();
        }
    }

    /// What an instance has; empty if there is no such instance.
    ///
    /// @param instance `vault/name`
    Optional<History> find(String instance);
}
