package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.instance.ProtectionState;
import io.diskvault.policy.BackupFrequency;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RepeatingInterval;
import io.diskvault.policy.SlotTimeline;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/// What holds however often, late or doubled policies are woken, and whichever way the clock jumps.
class DueSlotsLawsTest {
    private static final Instant START = Instant.parse("2026-11-20T09:17:23.456Z");
    private static final long MINUTE = 60_000;

    /// Any schedule with an anchor in the month around the start.
    @Provide
    Arbitrary<BackupSchedule> schedules() {
        return Combinators.combine(
                        Arbitraries.longs().between(-15 * 86_400, 15 * 86_400), Arbitraries.of(BackupFrequency.class))
                .as((seconds, frequency) -> new BackupSchedule(
                        List.of(new RepeatingInterval(
                                Instant.ofEpochSecond(START.getEpochSecond() + seconds)
                                        .atOffset(ZoneOffset.UTC),
                                frequency)),
                        Optional.empty()));
    }

    /// One timeline, or some one after the other, each for up to a month.
    @Provide
    Arbitrary<SlotTimeline> timelines() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(1, 30 * 86_400);
        return Combinators.combine(
                        schedules(),
                        Combinators.combine(schedules(), seconds)
                                .as(Map::entry)
                                .list()
                                .ofMaxSize(3))
                .as((first, changes) -> {
                    SlotTimeline timeline = SlotTimeline.NONE.changedTo(first, Instant.EPOCH);
                    Instant since = START;
                    for (Map.Entry<BackupSchedule, Long> change : changes) {
                        since = since.plusSeconds(change.getValue());
                        timeline = timeline.changedTo(change.getKey(), since);
                    }
                    return timeline;
                });
    }

    /// Milliseconds to the next wake-up: at once, within minutes, after an outage, or the clock is set back.
    @Provide
    Arbitrary<Long> steps() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0L)),
                Tuple.of(6, Arbitraries.longs().between(0, 90 * MINUTE)),
                Tuple.of(1, Arbitraries.longs().between(0, 90 * 24 * 60 * MINUTE)),
                Tuple.of(1, Arbitraries.longs().between(-3 * 24 * 60 * MINUTE, 0)));
    }

    @Provide
    Arbitrary<Duration> windows() {
        return Arbitraries.longs().between(1, 12 * 60).map(Duration::ofMinutes);
    }

    @Property
    void eachSlotIsDecidedOnceAndInOrder(
            @ForAll("timelines") SlotTimeline timeline,
            @ForAll("windows") Duration window,
            @ForAll @Size(max = 40) List<@From("steps") Long> steps) {
        List<Instant> decided = new ArrayList<>();
        Instant now = START;
        Instant latest = START;
        for (long step : steps) {
            now = now.plusMillis(step);
            latest = now.isAfter(latest) ? now : latest;
            decided.addAll(decidedAt(timeline, decided, now, window));
        }
        assertEquals(timeline.slotsBetween(START, latest, Integer.MAX_VALUE), decided);
    }

    @Property
    void onlyTheNewestDueSlotIsStartedAndOnlyWithinTheWindow(
            @ForAll("timelines") SlotTimeline timeline,
            @ForAll("windows") Duration window,
            @ForAll("steps") long step) {
        Instant now = START.plusMillis(step);
        DueSlots due = DueSlots.of(timeline, instance(Optional.empty()), now, window);
        due.start().ifPresent(slot -> {
            assertEquals(timeline.latestAtOrBefore(now), Optional.of(slot));
            assertFalse(slot.plus(window).isBefore(now), "too old");
        });
        boolean dueInWindow = timeline.latestAtOrBefore(now)
                .filter(slot -> slot.isAfter(START) && !slot.plus(window).isBefore(now))
                .isPresent();
        assertEquals(dueInWindow, due.start().isPresent());
        due.missed().forEach(chunk -> {
            assertTrue(chunk.size() <= DueSlots.CHUNK);
            chunk.forEach(slot -> assertTrue(slot.plus(window).isBefore(now), "could still be started"));
        });
        due.coalesced().flatMap(List::stream).forEach(slot -> {
            assertFalse(slot.plus(window).isBefore(now), "too old");
            assertTrue(slot.isBefore(due.start().orElseThrow()), "not newer than the slot it is coalesced into");
        });
    }

    private static List<Instant> decidedAt(SlotTimeline timeline, List<Instant> before, Instant now, Duration window) {
        Optional<Instant> last = before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
        DueSlots due = DueSlots.of(timeline, instance(last), now, window);
        List<Instant> slots = new ArrayList<>(Stream.concat(due.missed(), due.coalesced())
                .flatMap(List::stream)
                .toList());
        due.start().ifPresent(slots::add);
        return slots;
    }

    private static ProtectedInstance instance(Optional<Instant> lastSlot) {
        return new ProtectedInstance(
                new InstanceId("prod", "web-1"),
                new DiskId("vm-disks", "web-1"),
                new PolicyId("prod", "gold"),
                new ResourceGroupId("snapshots"),
                ProtectionState.PROTECTION_CONFIGURED,
                START,
                lastSlot,
                Optional.empty());
    }
}
