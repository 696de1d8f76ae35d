package io.diskvault.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// Slots every few days at the local time that the anchor has in a zone. Where clocks leave that time out, the
/// slot is at the instant at which they go on; where it comes twice, at the first. A date that a zone left out as
/// a whole has none.
///
/// @param days from one slot to the next
record LocalSlots(Instant anchor, int days, ZoneId zone) implements Slots {
    /// How far the number that is worked out from the date can be off: clocks that go back over midnight, and
    /// dates without a slot.
    private static final int NUMBERS_OFF = 2;

    @Override
    public Instant nextAfter(Instant instant) {
        long number = Math.max(0, numberAt(instant) - NUMBERS_OFF);
        while (true) {
            Optional<Instant> slot = slot(number).filter(at -> at.isAfter(instant));
            if (slot.isPresent()) {
                return slot.get();
            }
            number++;
        }
    }

    @Override
    public Optional<Instant> latestAtOrBefore(Instant instant) {
        for (long number = numberAt(instant) + NUMBERS_OFF; number >= 0; number--) {
            Optional<Instant> slot = slot(number).filter(at -> !at.isAfter(instant));
            if (slot.isPresent()) {
                return slot;
            }
        }
        return Optional.empty();
    }

    private long numberAt(Instant instant) {
        LocalDate first = LocalDate.ofInstant(anchor, zone);
        return Math.floorDiv(ChronoUnit.DAYS.between(first, LocalDate.ofInstant(instant, zone)), days);
    }

    private Optional<Instant> slot(long number) {
        if (number == 0) {
            return Optional.of(anchor); // also where it is the second of two equal local times
        }
        LocalDateTime local = LocalDateTime.ofInstant(anchor, zone).plusDays(number * days);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null || transition.isOverlap()) {
            return Optional.of(local.atZone(zone).toInstant());
        }
        return leavesOut(transition, local.toLocalDate()) ? Optional.empty() : Optional.of(transition.getInstant());
    }

    private static boolean leavesOut(ZoneOffsetTransition gap, LocalDate date) {
        return !gap.getDateTimeBefore().isAfter(date.atStartOfDay())
                && !gap.getDateTimeAfter().isBefore(date.plusDays(1).atStartOfDay());
    }
}
