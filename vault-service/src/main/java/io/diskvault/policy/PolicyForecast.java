package io.diskvault.policy;

import io.diskvault.command.GeneralRejection;
import io.diskvault.policy.InstancePoints.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Which recovery points a policy leaves at the end of a day.
///
/// @param at the last instant of that day in the policy's zone
/// @param points oldest first
public record PolicyForecast(Instant at, List<ForecastPoint> points) {
    private static final Period REACH = Period.ofYears(100);
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 9000;

    /// @param from when an instance begins to follow the policy, or goes on with it
    /// @param history what that instance has at that time; empty for a new one
    public static PolicyForecast of(
            BackupSchedule schedule, RetentionRules retention, Instant from, LocalDate on, Optional<History> history) {
        PolicySimulation simulation = new PolicySimulation(schedule, retention);
        Instant at = endOf(on, simulation);
        requireInReach(from, on, at);
        SimulatedStart start = new SimulatedStart(
                history.isPresent() ? from : from.minusNanos(1), history.flatMap(History::lastScheduled));
        return new PolicyForecast(
                at,
                history.map(before -> simulation.liveAt(start, before, at))
                        .orElseGet(() -> simulation.liveAt(start, at)));
    }

    private static Instant endOf(LocalDate on, PolicySimulation simulation) {
        if (on.getYear() < YEAR_MIN || on.getYear() > YEAR_MAX) {
            throw GeneralRejection.invalid("on is %s; a date of the years %d to %d is needed, as in 2027-01-31."
                    .formatted(on, YEAR_MIN, YEAR_MAX));
        }
        return on.plusDays(1).atStartOfDay(simulation.zone()).toInstant().minusNanos(1);
    }

    private static void requireInReach(Instant from, LocalDate on, Instant at) {
        if (from.isBefore(Instant.EPOCH) || from.isAfter(at)) {
            throw GeneralRejection.invalid(
                    "from is %s; an instant from 1970 on is needed that is not after the end of %s."
                            .formatted(from, on));
        }
        if (from.atOffset(ZoneOffset.UTC).plus(REACH).toInstant().isBefore(at)) {
            throw GeneralRejection.invalid(
                    "on is %s, more than a hundred years after %s; nothing is kept for so long.".formatted(on, from));
        }
    }
}
