package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for every schedule at every time.
class BackupScheduleLawsTest {
    private static final long EARLIEST = Instant.parse("1970-01-02T00:00:00Z").getEpochSecond();
    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .sorted()
            .toList();

    @Provide
    Arbitrary<BackupSchedule> schedules() {
        return Combinators.combine(
                        Arbitraries.longs().between(EARLIEST, LATEST),
                        Arbitraries.integers().between(-18 * 60, 18 * 60),
                        Arbitraries.of(BackupFrequency.class),
                        Arbitraries.of(ZONES).map(ZoneId::of).optional(0.7))
                .as((anchor, offsetMinutes, frequency, zone) -> new BackupSchedule(
                        List.of(new RepeatingInterval(
                                OffsetDateTime.ofInstant(
                                        Instant.ofEpochSecond(anchor), ZoneOffset.ofTotalSeconds(offsetMinutes * 60)),
                                frequency)),
                        zone));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(EARLIEST * 1000, LATEST * 1000).map(Instant::ofEpochMilli);
    }

    @Property
    void theNextSlotIsLaterAndNoneLiesBetween(
            @ForAll("schedules") BackupSchedule schedule, @ForAll("instants") Instant instant) {
        Instant next = schedule.nextAfter(instant);
        assertTrue(next.isAfter(instant));
        assertEquals(schedule.latestAtOrBefore(instant), schedule.latestAtOrBefore(next.minusNanos(1)));
        assertEquals(Optional.of(next), schedule.latestAtOrBefore(next));
    }

    @Property
    void theLatestSlotIsFollowedByTheNext(
            @ForAll("schedules") BackupSchedule schedule, @ForAll("instants") Instant instant) {
        Optional<Instant> latest = schedule.latestAtOrBefore(instant);
        assertFalse(latest.isPresent() && latest.get().isAfter(instant));
        assertEquals(schedule.nextAfter(instant), schedule.nextAfter(latest.orElse(Instant.EPOCH)));
    }

    @Property
    void slotsBetweenAreThoseOneMeetsStepByStep(
            @ForAll("schedules") BackupSchedule schedule, @ForAll("instants") Instant after) {
        List<Instant> steps = new ArrayList<>();
        Instant at = after;
        for (int i = 0; i < 5; i++) {
            at = schedule.nextAfter(at);
            steps.add(at);
        }
        assertEquals(steps, schedule.slotsBetween(after, at, 100));
        assertEquals(steps.subList(0, 3), schedule.slotsBetween(after, at, 3));
        assertEquals(steps.subList(0, 4), schedule.slotsBetween(after, at.minusNanos(1), 100));
    }

    /// Two years of slots from the anchor on, as one would find them with a calendar and a table of the zone's
    /// changes.
    private static List<Instant> walk(BackupSchedule schedule) {
        RepeatingInterval interval = schedule.repeatingTimeIntervals().getFirst();
        Instant anchor = interval.anchor().toInstant();
        if (schedule.timeZone().isEmpty() || interval.frequency().length().toHours() < 24) {
            return Stream.iterate(anchor, slot -> slot.plus(interval.frequency().length()))
                    .limit(2 * 366 * 24 / interval.frequency().length().toHours())
                    .toList();
        }
        ZoneId zone = schedule.timeZone().get();
        LocalDateTime first = LocalDateTime.ofInstant(anchor, zone);
        List<Instant> slots = new ArrayList<>(List.of(anchor));
        for (int days = 1; days < 2 * 366; days++) {
            LocalDateTime local = first.plusDays(days);
            boolean exists =
                    local.toLocalDate().atStartOfDay(zone).toLocalDate().equals(local.toLocalDate());
            if (days % interval.frequency().length().toDays() == 0 && exists) {
                slots.add(firstAt(local, zone));
            }
        }
        return List.copyOf(slots);
    }

    private static Instant firstAt(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream()
                .map(local::toInstant)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> zone.getRules()
                        .nextTransition(local.minusDays(2).toInstant(ZoneOffset.UTC))
                        .getInstant());
    }

    @Property(tries = 300)
    void aWalkByTheCalendarMeetsTheSameSlots(
            @ForAll("schedules") BackupSchedule schedule, @ForAll("instants") Instant somewhere) {
        List<Instant> walk = walk(schedule);
        assertEquals(walk, schedule.slotsBetween(Instant.EPOCH, walk.getLast(), walk.size() + 1));
        Instant within = walk.getFirst()
                .plusSeconds(Math.floorMod(
                        somewhere.getEpochSecond(),
                        Duration.between(walk.getFirst(), walk.getLast()).toSeconds()));
        assertEquals(
                walk.stream().filter(slot -> slot.isAfter(within)).findFirst(),
                Optional.of(schedule.nextAfter(within)));
        assertEquals(
                walk.reversed().stream().filter(slot -> !slot.isAfter(within)).findFirst(),
                schedule.latestAtOrBefore(within));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("schedules") BackupSchedule schedule) {
        BackupSchedule read =
                BackupSchedule.of(schedule.repeatingTimeIntervals().getFirst().text());
        assertEquals(
                schedule, schedule.timeZone().map(zone -> read.in(zone.getId())).orElse(read));
    }
}
