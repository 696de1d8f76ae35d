package io.diskvault.scheduler;

import io.diskvault.instance.ProtectedInstance;
import io.diskvault.policy.SlotTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be done about one instance's slots at one instant: the newest due slot is started if it is not too old.
/// Of the others, those that could still have been started are coalesced into it, and older ones are missed. The
/// schedules and the recorded history decide; when and how often anybody asks does not matter.
///
/// @param timeline the schedules that were in force one after the other
/// @param decidedUntil slots up to this instant are decided or never concerned the instance
/// @param missedUntil slots from there to this instant are missed
/// @param coalescedUntil slots from there to this instant are coalesced
/// @param start the slot to start, later than all others
record DueSlots(
        SlotTimeline timeline,
        Instant decidedUntil,
        Instant missedUntil,
        Instant coalescedUntil,
        Optional<Instant> start) {
    /// One stored event holds at most this many slots, also after years.
    static final int CHUNK = 500;

    /// @param startWindow how old the slot to start may be
    static DueSlots of(SlotTimeline timeline, ProtectedInstance instance, Instant now, Duration startWindow) {
        Instant decidedUntil = instance.decidedUntil();
        Optional<Instant> newest = timeline.latestAtOrBefore(now).filter(slot -> slot.isAfter(decidedUntil));
        Optional<Instant> start = newest.filter(slot -> !slot.plus(startWindow).isBefore(now));
        // Slots are whole seconds, so a nanosecond before one is after the one before it.
        Instant coalescedUntil =
                start.map(slot -> slot.minusNanos(1)).or(() -> newest).orElse(decidedUntil);
        Instant missedUntil =
                start.map(_ -> now.minus(startWindow).minusNanos(1)).orElse(coalescedUntil);
        return new DueSlots(timeline, decidedUntil, latest(decidedUntil, missedUntil), coalescedUntil, start);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// The missed slots, oldest first, in lists of [#CHUNK] at most; they are worked out on the way.
    Stream<List<Instant>> missed() {
        return chunks(decidedUntil, missedUntil);
    }

    /// The coalesced slots, which are later than the missed ones, likewise.
    Stream<List<Instant>> coalesced() {
        return chunks(missedUntil, coalescedUntil);
    }

    private Stream<List<Instant>> chunks(Instant after, Instant until) {
        return Stream.iterate(
                timeline.slotsBetween(after, until, CHUNK),
                chunk -> !chunk.isEmpty(),
                chunk -> timeline.slotsBetween(chunk.getLast(), until, CHUNK));
    }
}
