package io.diskvault.scheduler;

import io.diskvault.instance.ProtectedInstance;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicySchedules.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be done about one instance's slots at one instant: the newest due slot is started if it is not too old,
/// all others that are due are missed. The schedule and the recorded history decide; when and how often anybody asks
/// does not matter.
///
/// @param decidedUntil slots up to this instant are decided or never concerned the instance
/// @param missedUntil slots from there to this instant are missed
/// @param start the slot to start, later than all missed ones
record DueSlots(BackupSchedule schedule, Instant decidedUntil, Instant missedUntil, Optional<Instant> start) {
    /// One stored event holds at most this many slots, also after years.
    static final int CHUNK = 500;

    /// @param startWindow how old the slot to start may be
    static DueSlots of(Scheduled policy, ProtectedInstance instance, Instant now, Duration startWindow) {
        BackupSchedule schedule = policy.schedule();
        Instant decidedUntil = Stream.concat(
                        Stream.of(policy.since(), instance.protectedSince()), instance.lastSlot().stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Optional<Instant> newest = schedule.latestAtOrBefore(now).filter(slot -> slot.isAfter(decidedUntil));
        Optional<Instant> start = newest.filter(slot -> !slot.plus(startWindow).isBefore(now));
        // Slots are whole seconds, so a nanosecond before one is after the one before it.
        Instant missedUntil =
                start.map(slot -> slot.minusNanos(1)).or(() -> newest).orElse(decidedUntil);
        return new DueSlots(schedule, decidedUntil, missedUntil, start);
    }

    /// The missed slots, oldest first, in lists of [#CHUNK] at most; they are worked out on the way.
    Stream<List<Instant>> missed() {
        return Stream.iterate(
                missedAfter(decidedUntil), chunk -> !chunk.isEmpty(), chunk -> missedAfter(chunk.getLast()));
    }

    private List<Instant> missedAfter(Instant instant) {
        return schedule.slotsBetween(instant, missedUntil, CHUNK);
    }
}
