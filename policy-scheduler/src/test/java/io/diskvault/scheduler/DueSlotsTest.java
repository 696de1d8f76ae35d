package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.instance.ProtectionState;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.SlotTimeline;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueSlotsTest {
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final String LONG_AGO = "2025-01-01T00:00:00Z";

    /// Every 4 hours from midnight UTC; protected long before unless said otherwise.
    @ParameterizedTest(name = "decided until {0}, woken at {1}: missed {2}, started {3}")
    @CsvSource(nullValues = "-", textBlock = """
                2026-11-02T00:00:00Z, 2026-11-02T03:59:59.999Z, -,                                         -
                2026-11-02T00:00:00Z, 2026-11-02T04:00:00Z,     -,                                         2026-11-02T04:00:00Z
                2026-11-02T00:00:00Z, 2026-11-02T04:00:00.001Z, -,                                         2026-11-02T04:00:00Z
                2026-11-02T00:00:00Z, 2026-11-02T06:00:00Z,     -,                                         2026-11-02T04:00:00Z
                2026-11-02T00:00:00Z, 2026-11-02T06:00:00.001Z, 2026-11-02T04:00:00Z,                      -
                2026-11-02T00:00:00Z, 2026-11-02T08:00:00Z,     2026-11-02T04:00:00Z,                      2026-11-02T08:00:00Z
                2026-11-02T00:00:00Z, 2026-11-02T11:00:00Z,     2026-11-02T04:00:00Z 2026-11-02T08:00:00Z, -
                2026-11-02T04:00:00Z, 2026-11-02T04:00:00Z,     -,                                         -
                2026-11-02T04:00:00Z, 2026-11-02T07:00:00Z,     -,                                         -
                2026-11-02T04:00:00Z, 2026-11-02T01:00:00Z,     -,                                         -
                2026-11-02T04:00:00Z, 2020-01-01T00:00:00Z,     -,                                         -
                """)
    void theNewestDueSlotIsStartedIfItIsNotTooOldAndTheOthersAreMissed(
            String decided, String now, String missed, String started) {
        Optional<Instant> last = Optional.of(Instant.parse(decided));
        DueSlots due = DueSlots.of(everyFourHours(), instance(LONG_AGO, last), Instant.parse(now), TWO_HOURS);
        assertEquals(slots(missed), due.missed().flatMap(List::stream).toList());
        assertEquals(0, due.coalesced().count());
        assertEquals(Optional.ofNullable(started).map(Instant::parse), due.start());
    }

    /// With a start window of nine hours, more than one slot can be in it.
    @ParameterizedTest(name = "woken at {0}: missed {1}, coalesced {2}, started {3}")
    @CsvSource(nullValues = "-", textBlock = """
                2026-11-02T08:00:00Z, -,                    2026-11-02T04:00:00Z,                      2026-11-02T08:00:00Z
                2026-11-02T13:00:00Z, -,                    2026-11-02T04:00:00Z 2026-11-02T08:00:00Z, 2026-11-02T12:00:00Z
                2026-11-02T13:00:01Z, 2026-11-02T04:00:00Z, 2026-11-02T08:00:00Z,                      2026-11-02T12:00:00Z
                2026-11-02T17:00:01Z, 2026-11-02T04:00:00Z 2026-11-02T08:00:00Z, 2026-11-02T12:00:00Z, 2026-11-02T16:00:00Z
                """)
    void olderSlotsThatAreStillInTheirWindowAreCoalescedIntoTheNewest(
            String now, String missed, String coalesced, String started) {
        Optional<Instant> last = Optional.of(Instant.parse("2026-11-02T00:00:00Z"));
        DueSlots due = DueSlots.of(everyFourHours(), instance(LONG_AGO, last), Instant.parse(now), Duration.ofHours(9));
        assertEquals(slots(missed), due.missed().flatMap(List::stream).toList());
        assertEquals(slots(coalesced), due.coalesced().flatMap(List::stream).toList());
        assertEquals(Optional.of(Instant.parse(started)), due.start());
    }

    @Test
    void slotsUpToTheBeginningOfTheProtectionNeverCount() {
        Instant noon = Instant.parse("2026-11-02T12:00:00Z");
        assertEquals(Optional.empty(), dueSince("2026-11-02T12:00:00Z", noon).start());
        DueSlots due = dueSince("2026-11-02T04:00:00Z", noon);
        assertEquals(Optional.of(noon), due.start());
        assertEquals(List.of(slots("2026-11-02T08:00:00Z")), due.missed().toList());
    }

    /// A disk that is protected again under its old name must not be told of slots from before.
    @Test
    void theLaterOfProtectionAndLastSlotCounts() {
        ProtectedInstance instance =
                instance("2026-11-02T09:00:00Z", Optional.of(Instant.parse("2026-11-01T00:00:00Z")));
        DueSlots due = DueSlots.of(everyFourHours(), instance, Instant.parse("2026-11-02T12:30:00Z"), TWO_HOURS);
        assertEquals(0, due.missed().count());
        assertEquals(slots("2026-11-02T12:00:00Z"), due.start().stream().toList());
    }

    /// Going over from daily to hourly at four in the afternoon makes no sixteen backups late.
    @Test
    void slotsBeforeAChangeFollowFromTheScheduleOfThen() {
        ProtectedInstance instance = instance(LONG_AGO, Optional.of(Instant.parse("2026-11-02T02:00:00Z")));
        SlotTimeline timeline = everyFourHours()
                .changedTo(
                        BackupSchedule.of("R/2026-11-01T00:30:00+00:00/PT1H"), Instant.parse("2026-11-02T16:00:00Z"));
        DueSlots due = DueSlots.of(timeline, instance, Instant.parse("2026-11-02T16:10:00Z"), TWO_HOURS);
        assertEquals(
                List.of(slots("2026-11-02T04:00:00Z 2026-11-02T08:00:00Z 2026-11-02T12:00:00Z")),
                due.missed().toList());
        assertEquals(slots("2026-11-02T16:00:00Z"), due.start().stream().toList(), "its window is open");
        due = DueSlots.of(timeline, instance, Instant.parse("2026-11-02T17:40:00Z"), TWO_HOURS);
        assertEquals(
                List.of(slots("2026-11-02T16:00:00Z 2026-11-02T16:30:00Z")),
                due.coalesced().toList());
        assertEquals(slots("2026-11-02T17:30:00Z"), due.start().stream().toList());
    }

    @Test
    void nothingIsDueBeforeTheAnchor() {
        DueSlots due = dueSince(LONG_AGO, Instant.parse("2026-10-31T23:59:59Z"));
        assertEquals(Optional.empty(), due.start());
        assertEquals(0, due.missed().count());
    }

    @Test
    void yearsOfMissedSlotsComeInChunks() {
        Instant anchor = Instant.parse("2026-11-01T00:00:00Z");
        Instant now = anchor.plus(Duration.ofDays(3650));
        List<List<Instant>> chunks = dueSince(LONG_AGO, now).missed().toList();
        assertEquals(6 * 3650, chunks.stream().mapToInt(List::size).sum());
        assertEquals(6 * 3650 / DueSlots.CHUNK + 1, chunks.size());
        assertEquals(anchor, chunks.getFirst().getFirst());
        assertEquals(now.minus(Duration.ofHours(4)), chunks.getLast().getLast());
        assertEquals(
                List.of(DueSlots.CHUNK),
                chunks.stream()
                        .limit(chunks.size() - 1)
                        .map(List::size)
                        .distinct()
                        .toList());
    }

    private static DueSlots dueSince(String protectedSince, Instant now) {
        return DueSlots.of(everyFourHours(), instance(protectedSince, Optional.empty()), now, TWO_HOURS);
    }

    private static SlotTimeline everyFourHours() {
        return SlotTimeline.NONE.changedTo(BackupSchedule.of("R/2026-11-01T00:00:00+00:00/PT4H"), Instant.EPOCH);
    }

    private static ProtectedInstance instance(String protectedSince, Optional<Instant> lastSlot) {
        return new ProtectedInstance(
                new InstanceId("prod", "web-1"),
                new DiskId("vm-disks", "web-1"),
                new PolicyId("prod", "gold"),
                new ResourceGroupId("snapshots"),
                ProtectionState.PROTECTION_CONFIGURED,
                Instant.parse(protectedSince),
                lastSlot,
                Optional.empty());
    }

    private static List<Instant> slots(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(" ")).map(Instant::parse).toList();
    }
}
