package io.diskvault.policy;

import static io.diskvault.policy.PolicySimulation.earlier;
import static io.diskvault.policy.PolicySimulation.later;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the most points that a policy keeps at a time, whenever an instance begins to follow it.
///
/// An instance that begins at some slot has the points of one that began long before it, less the older ones;
/// only its very first point is the first of everything, so it may have a tag that keeps it longer. So it is
/// enough to count the points of an instance that began at once, and to ask at each slot whether one before the
/// oldest live point could have been the first of a later beginner, and be there still.
///
/// A point whose time is up at an instant counts at that instant, and so does the newest before it, whatever its
/// age: it goes only when the new one is there.
final class PeakSearch {
    /// Up to this length the search begins at the start, so that it also tells when a peak is first reached.
    private static final int YEARS_FROM_START = 5;

    /// Leap days and weeks that begin a month make years differ. A search that does not begin at the start begins
    /// so long before the longest duration is over.
    private static final int YEARS_BEFORE_STEADY = 2;

    /// Beyond the longest duration: a full year with all its first days, and two years for late beginners.
    private static final int MONTHS_AFTER_STEADY = 13 + 2 * 12;

    /// Where clocks change, of two points the earlier may expire a little later.
    private static final int BEGINNERS_TRIED = 3;

    private final PolicySimulation simulation;
    private final Instant from;
    private final Instant begin;
    private final Instant end;
    private final Instant first;
    private final List<ForecastPoint> points;
    private final RetentionDuration keptAsFirst;
    private Optional<Instant> beganInVain = Optional.empty();

    /// @param from no instance follows the policy before this
    PeakSearch(PolicySimulation simulation, Instant from) {
        this.simulation = simulation;
        this.from = from;
        ZonedDateTime steady = simulation.retention().rules().stream()
                .map(rule -> rule.duration().after(from, simulation.zone()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .atZone(simulation.zone());
        boolean fromStart = steady.minusYears(YEARS_FROM_START).toInstant().isBefore(from);
        this.begin = fromStart ? from : steady.minusYears(YEARS_BEFORE_STEADY).toInstant();
        this.end = steady.plusMonths(MONTHS_AFTER_STEADY).toInstant();
        RetentionDuration kept = simulation.retention().defaultRule().duration();
        Instant walkFrom = later(from, kept.reaching(begin, simulation.zone()));
        this.first = simulation.schedule().nextAfter(walkFrom.minusNanos(1));
        this.points = simulation.tagged(SimulatedStart.at(from), begin, walkFrom, end);
        this.keptAsFirst = simulation
                .retention()
                .ruleFor(from, Optional.empty(), simulation.zone())
                .duration();
    }

    /// @param enough stop at the first moment with more points than this
    Peak run(int enough) {
        TaggedPoints tagged = new TaggedPoints(points);
        UntaggedPoints untagged = new UntaggedPoints(simulation, first, new TaggedPoints(points));
        Slots slots = simulation.schedule().slots();
        Peak peak = new Peak(0, first);
        for (Instant slot = first; !slot.isAfter(end) && peak.livePoints() <= enough; slot = slots.nextAfter(slot)) {
            if (!tagged.reach(slot)) {
                untagged.made();
            }
            if (!slot.isBefore(begin)) {
                int live = tagged.liveAt(slot) + untagged.liveAt(slot);
                Instant oldest = earlier(tagged.oldestAt(slot), untagged.oldestAt(slot));
                Optional<Instant> goneOnlyNow = newestThatIsGoneAt(slot);
                live += goneOnlyNow.isPresent() ? 1 : 0;
                oldest = earlier(oldest, goneOnlyNow.orElse(oldest));
                if (live >= peak.livePoints() && isLateBeginnerAlive(oldest, slot)) {
                    live++;
                }
                if (live > peak.livePoints()) {
                    peak = new Peak(live, slot);
                }
            }
        }
        return peak;
    }

    /// The point before this slot's, if only its being the newest has kept it until now. Nothing is kept for less
    /// than a day, so that takes slots a day apart, or more.
    private Optional<Instant> newestThatIsGoneAt(Instant slot) {
        if (!simulation.schedule().isInDays()) {
            return Optional.empty();
        }
        return before(slot)
                .filter(newest -> simulation
                        .point(SimulatedStart.at(from), newest)
                        .expiryTime()
                        .isBefore(slot));
    }

    private boolean isLateBeginnerAlive(Instant oldest, Instant slot) {
        // What was expired a slot ago is so now.
        if (beganInVain.filter(oldest::equals).isPresent()) {
            return false;
        }
        boolean alive = Stream.iterate(before(oldest), Optional::isPresent, beginner -> beginner.flatMap(this::before))
                .limit(BEGINNERS_TRIED)
                .flatMap(Optional::stream)
                .anyMatch(beginner ->
                        !keptAsFirst.after(beginner, simulation.zone()).isBefore(slot));
        beganInVain = alive ? Optional.empty() : Optional.of(oldest);
        return alive;
    }

    private Optional<Instant> before(Instant slot) {
        return simulation.schedule().latestAtOrBefore(slot.minusNanos(1)).filter(before -> !before.isBefore(from));
    }
}
