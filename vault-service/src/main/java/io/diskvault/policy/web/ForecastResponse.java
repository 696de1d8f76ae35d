package io.diskvault.policy.web;

import io.diskvault.policy.ForecastPoint;
import io.diskvault.policy.Peak;
import io.diskvault.policy.PolicyForecast;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a policy leaves at the end of a day, as callers read it.
///
/// @param admitted whether the policy may be saved
/// @param at the instant of the forecast
/// @param livePoints how many recovery points there will be
/// @param points the newest of them, newest first; all where the policy is admitted
record ForecastResponse(boolean admitted, Peak peak, Instant from, Instant at, int livePoints, List<Point> points) {
    /// An admitted policy never has as many, whatever an instance has besides.
    private static final int LISTED_MAX = 1000;

    /// @param recoveryPoint a point that is there already; null for one that is still to be made
    record Point(@Nullable String recoveryPoint, Instant snapshotTime, String retentionTag, Instant expiryTime) {
        static Point of(ForecastPoint point) {
            return new Point(
                    point.id().orElse(null), point.snapshotTime(), point.tag().text(), point.expiryTime());
        }
    }

    static ForecastResponse of(boolean admitted, Peak peak, Instant from, PolicyForecast forecast) {
        return new ForecastResponse(
                admitted,
                peak,
                from,
                forecast.at(),
                forecast.points().size(),
                forecast.points().reversed().stream()
                        .limit(LISTED_MAX)
                        .map(Point::of)
                        .toList());
    }
}
