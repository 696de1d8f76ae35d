package io.diskvault.policy;

import io.diskvault.policy.InstancePoints.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What comes of a schedule and retention rules when every backup succeeds at its slot. Nothing is stepped
/// through that cannot matter: how far away a date is costs little.
record PolicySimulation(BackupSchedule schedule, RetentionRules retention) {
    /// The points that exist at an instant, oldest first; the newest whatever its age.
    List<ForecastPoint> liveAt(SimulatedStart start, Instant at) {
        Instant newest = schedule.latestAtOrBefore(at).orElse(at);
        Stream<ForecastPoint> untagged = slots(later(start.after(), earliestDefault(at)), at)
                .map(slot -> point(start, slot))
                .filter(point -> point.tag() == RetentionTag.DEFAULT);
        return Stream.concat(tagged(start, at, newest, at).stream(), untagged)
                .filter(point ->
                        point.expiryTime().isAfter(at) || point.snapshotTime().equals(newest))
                .sorted(Comparator.comparing(ForecastPoint::snapshotTime))
                .toList();
    }

    /// The points that exist at an instant, of those that were there at the start and those made since, oldest
    /// first.
    ///
    /// @param history of the instance until the start
    List<ForecastPoint> liveAt(SimulatedStart start, History history, Instant at) {
        if (history.isPurgedAt(at)) {
            return List.of();
        }
        List<ForecastPoint> existing = history.live();
        List<ForecastPoint> made = history.protection().backsUp() ? liveAt(start, at) : List.of();
        boolean newestStays = made.isEmpty() && !existing.isEmpty();
        Stream<ForecastPoint> kept = existing.stream()
                .filter(point -> point.expiryTime().isAfter(at)
                        || history.keeps(point)
                        || (newestStays && point.equals(existing.getLast())));
        return Stream.concat(kept, made.stream()).toList();
    }

    /// The newest `Default` point may be there beyond its time.
    private Instant earliestDefault(Instant at) {
        Instant reaching = retention.defaultRule().duration().reaching(at, zone());
        return schedule.latestAtOrBefore(at)
                .map(newest -> newest.minusNanos(1))
                .filter(reaching::isAfter)
                .orElse(reaching);
    }

    /// The points with another tag than `Default`, oldest first: all from `allFrom` on, and before that those
    /// that may still exist at `neededAt`. They are found by the beginnings of periods, so that a century of
    /// yearly points costs a hundred steps.
    List<ForecastPoint> tagged(SimulatedStart start, Instant neededAt, Instant allFrom, Instant until) {
        List<RetentionRule> periods = retention.rules().stream()
                .filter(rule -> rule.tag() != RetentionTag.DEFAULT)
                .toList();
        List<ForecastPoint> points = new ArrayList<>();
        Optional<Instant> slot = periods.isEmpty() ? Optional.empty() : Optional.of(schedule.nextAfter(start.after()));
        while (slot.isPresent() && !slot.get().isAfter(until)) {
            Instant at = slot.get();
            ForecastPoint point = point(start, at);
            if (point.tag() != RetentionTag.DEFAULT) {
                points.add(point);
            }
            slot = periods.stream()
                    .map(rule -> nextChance(rule, at, neededAt, allFrom))
                    .min(Comparator.naturalOrder())
                    .map(chance -> schedule.nextAfter(chance.minusNanos(1)));
        }
        return points;
    }

    /// When a rule can next claim a point: at the beginning of its next period, if its points matter by then.
    private Instant nextChance(RetentionRule rule, Instant at, Instant neededAt, Instant allFrom) {
        LocalDate next = rule.tag().nextPeriodStart(LocalDate.ofInstant(at, zone()));
        Instant matters = earlier(allFrom, rule.duration().reaching(neededAt, zone()));
        return later(next.atStartOfDay(zone()).toInstant(), matters);
    }

    ForecastPoint point(SimulatedStart start, Instant slot) {
        Optional<Instant> previous = schedule.latestAtOrBefore(slot.minusNanos(1))
                .filter(before -> before.isAfter(start.after()))
                .or(start::previousPoint);
        RetentionRule rule = retention.ruleFor(slot, previous, zone());
        return new ForecastPoint(
                Optional.empty(), slot, rule.tag(), rule.duration().after(slot, zone()));
    }

    /// The slots after one instant up to another.
    Stream<Instant> slots(Instant afterExclusive, Instant untilInclusive) {
        Slots slots = schedule.slots();
        return Stream.iterate(slots.nextAfter(afterExclusive), slot -> !slot.isAfter(untilInclusive), slots::nextAfter);
    }

    ZoneId zone() {
        return schedule.calendarZone();
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
