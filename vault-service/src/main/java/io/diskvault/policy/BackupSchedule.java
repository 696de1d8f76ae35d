package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// When backups start: at the slots of one repeating interval. Slots are pure arithmetic, at the same small cost
/// however far from the anchor.
///
/// @param timeZone by whose clock daily and weekly slots keep their local time, and whose calendar retention
///     follows; a region such as `Europe/Amsterdam`. Without one all slots are the same time apart, and the
///     calendar is that of UTC
public record BackupSchedule(
        @JsonProperty List<RepeatingInterval> repeatingTimeIntervals,
        @JsonProperty Optional<ZoneId> timeZone) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /// Not offsets: they tell nothing about summer time. What is called SystemV is no region.
    private static final Set<String> REGIONS = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    public BackupSchedule {
        repeatingTimeIntervals = List.copyOf(repeatingTimeIntervals);
        if (repeatingTimeIntervals.size() != 1) {
            throw new CommandRejected(
                    PolicyRejection.SCHEDULE_INVALID,
                    "repeatingTimeIntervals has %d intervals; exactly one is needed."
                            .formatted(repeatingTimeIntervals.size()));
        }
        timeZone.map(ZoneId::getId).ifPresent(BackupSchedule::requireRegion);
    }

    private static void requireRegion(String zone) {
        if (!REGIONS.contains(zone)) {
            throw new CommandRejected(
                    PolicyRejection.SCHEDULE_INVALID,
                    "timeZone is %s; a region of the IANA time zone database is needed, as in Europe/Amsterdam or UTC."
                            .formatted(Quoted.of(zone)));
        }
    }

    /// Reads one interval, as in `R/2026-11-01T02:00:00+01:00/PT4H`.
    public static BackupSchedule of(String interval) {
        return new BackupSchedule(List.of(RepeatingInterval.parse(interval)), Optional.empty());
    }

    /// The same by the clock of a zone.
    ///
    /// @throws CommandRejected if it is no region's name
    public BackupSchedule in(String zone) {
        requireRegion(zone);
        return new BackupSchedule(repeatingTimeIntervals, Optional.of(ZoneId.of(zone)));
    }

    /// The first slot that is later than the given time; before the anchor that is the anchor itself.
    public Instant nextAfter(Instant instant) {
        return slots().nextAfter(instant);
    }

    /// The newest slot that is not later than the given time; none before the anchor.
    public Optional<Instant> latestAtOrBefore(Instant instant) {
        return slots().latestAtOrBefore(instant);
    }

    /// The slots within a time, oldest first, and of more than `limit` the oldest.
    public List<Instant> slotsBetween(Instant afterExclusive, Instant untilInclusive, int limit) {
        Slots slots = slots();
        return Stream.iterate(slots.nextAfter(afterExclusive), slots::nextAfter)
                .takeWhile(slot -> !slot.isAfter(untilInclusive))
                .limit(limit)
                .toList();
    }

    /// The zone in which days, weeks, months and years begin.
    public ZoneId calendarZone() {
        return timeZone.orElse(UTC);
    }

    /// Whether slots are a day apart, or more, and not hours.
    boolean isInDays() {
        return repeatingTimeIntervals.getFirst().frequency().inDays();
    }

    Slots slots() {
        return repeatingTimeIntervals.getFirst().slots(timeZone);
    }
}
