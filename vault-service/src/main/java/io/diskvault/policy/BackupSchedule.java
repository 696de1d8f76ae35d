package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When backups start: at the slots of one repeating interval. Slots are pure arithmetic, at the same small cost
/// however
/// far from the anchor.
public record BackupSchedule(@JsonProperty List<RepeatingInterval> repeatingTimeIntervals) {
    public BackupSchedule {
        repeatingTimeIntervals = List.copyOf(repeatingTimeIntervals);
        if (repeatingTimeIntervals.size() != 1) {
            throw new CommandRejected(
                    PolicyRejection.SCHEDULE_INVALID,
                    "repeatingTimeIntervals has %d intervals; exactly one is needed."
                            .formatted(repeatingTimeIntervals.size()));
        }
    }

    /// Reads one interval, as in `R/2026-11-01T02:00:00+01:00/PT4H`.
    public static BackupSchedule of(String interval) {
        return new BackupSchedule(List.of(RepeatingInterval.parse(interval)));
    }

    /// The first slot that is later than the given time; before the anchor that is the anchor itself.
    public Instant nextAfter(Instant instant) {
        return interval().nextAfter(instant);
    }

    /// The newest slot that is not later than the given time; none before the anchor.
    public Optional<Instant> latestAtOrBefore(Instant instant) {
        return interval().latestAtOrBefore(instant);
    }

    /// The slots within a time, oldest first, and of more than `limit` the oldest.
    public List<Instant> slotsBetween(Instant afterExclusive, Instant untilInclusive, int limit) {
        return interval().slotsBetween(afterExclusive, untilInclusive, limit);
    }

    private RepeatingInterval interval() {
        return repeatingTimeIntervals.getFirst();
    }
}
