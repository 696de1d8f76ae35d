package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Provide
    Arbitrary<BackupSchedule> schedules() {
        return Combinators.combine(
                        Arbitraries.longs().between(EARLIEST, LATEST),
                        Arbitraries.integers().between(-18 * 60, 18 * 60),
                        Arbitraries.of(BackupFrequency.class))
                .as((anchor, offsetMinutes, frequency) -> new BackupSchedule(List.of(new RepeatingInterval(
                        OffsetDateTime.ofInstant(
                                Instant.ofEpochSecond(anchor), ZoneOffset.ofTotalSeconds(offsetMinutes * 60)),
                        frequency))));
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

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("schedules") BackupSchedule schedule) {
        assertEquals(
                schedule,
                BackupSchedule.of(schedule.repeatingTimeIntervals().getFirst().text()));
    }
}
