package io.diskvault.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The schedules that were in force one after the other, and the slots that follow from them.
///
/// @param periods earlier ones first; where there is none between two, there are no slots
public record SlotTimeline(List<Period> periods) {
    /// Nothing was ever in force.
    public static final SlotTimeline NONE = new SlotTimeline(List.of());

    public SlotTimeline {
        periods = List.copyOf(periods);
    }

    /// A schedule while it was in force.
    ///
    /// @param after a slot at this very instant still follows from what was in force before
    /// @param until [Instant#MAX] if it still is
    public record Period(BackupSchedule schedule, Instant after, Instant until) {
        private Stream<Period> within(Instant start, Instant end) {
            Instant clippedAfter = after.isAfter(start) ? after : start;
            Instant clippedUntil = until.isBefore(end) ? until : end;
            return clippedAfter.isBefore(clippedUntil)
                    ? Stream.of(new Period(schedule, clippedAfter, clippedUntil))
                    : Stream.empty();
        }

        private Stream<Instant> latestAtOrBefore(Instant instant) {
            return schedule.latestAtOrBefore(until.isBefore(instant) ? until : instant).stream()
                    .filter(slot -> slot.isAfter(after));
        }
    }

    /// The timeline if another schedule has been in force since an instant, whatever was to be in force after it.
    public SlotTimeline changedTo(BackupSchedule schedule, Instant since) {
        return within(Instant.MIN, since)
                .followedBy(new SlotTimeline(List.of(new Period(schedule, since, Instant.MAX))));
    }

    /// What is in force after an instant, and until another one.
    public SlotTimeline within(Instant after, Instant until) {
        return new SlotTimeline(
                periods.stream().flatMap(period -> period.within(after, until)).toList());
    }

    /// This one, and then a later one.
    public SlotTimeline followedBy(SlotTimeline later) {
        List<Period> all = new ArrayList<>(periods);
        all.addAll(later.periods);
        return new SlotTimeline(all);
    }

    /// Since when the last schedule has been in force; none if there never was one.
    public Optional<Instant> lastChange() {
        return periods.isEmpty()
                ? Optional.empty()
                : Optional.of(periods.getLast().after());
    }

    /// The newest slot that is not later than an instant.
    public Optional<Instant> latestAtOrBefore(Instant instant) {
        return periods.reversed().stream()
                .filter(period -> period.after().isBefore(instant))
                .flatMap(period -> period.latestAtOrBefore(instant))
                .findFirst();
    }

    /// The slots within a time, oldest first, and of more than `limit` the oldest.
    public List<Instant> slotsBetween(Instant afterExclusive, Instant untilInclusive, int limit) {
        return within(afterExclusive, untilInclusive).periods.stream()
                .flatMap(period -> period.schedule().slotsBetween(period.after(), period.until(), limit).stream())
                .limit(limit)
                .toList();
    }
}
