package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlotTimelineTest {
    private static final BackupSchedule EVERY_FOUR_HOURS = BackupSchedule.of("R/2026-11-01T00:00:00+00:00/PT4H");
    private static final BackupSchedule HOURLY = BackupSchedule.of("R/2026-11-01T00:30:00+00:00/PT1H");
    private static final BackupSchedule DAILY = BackupSchedule.of("R/2026-11-01T09:00:00+00:00/P1D");
    private static final SlotTimeline FIRST = SlotTimeline.NONE.changedTo(EVERY_FOUR_HOURS, Instant.EPOCH);

    /// Every four hours until 08:00, then hourly at half past.
    private static final SlotTimeline TWO = FIRST.changedTo(HOURLY, at("08:00"));

    private static Instant at(String time) {
        return Instant.parse("2026-11-02T" + time + ":00Z");
    }

    private static List<Instant> at(String... times) {
        return Stream.of(times).map(SlotTimelineTest::at).toList();
    }

    @Test
    void eachScheduleCountsForItsTime() {
        assertEquals(
                at("04:00", "08:00", "08:30", "09:30"), TWO.slotsBetween(at("03:00"), at("09:30"), Integer.MAX_VALUE));
        assertEquals(at("04:00", "08:00", "08:30"), TWO.slotsBetween(at("00:00"), at("23:00"), 3));
        assertEquals(List.of(at("08:30")), TWO.slotsBetween(at("08:00"), at("09:00"), 10));
        assertEquals(List.of(), TWO.slotsBetween(at("09:00"), at("08:00"), 10));
        assertEquals(List.of(), SlotTimeline.NONE.slotsBetween(at("00:00"), at("23:00"), 10));
    }

    @Test
    void theNewestSlotMayBeOfAnEarlierSchedule() {
        assertEquals(Optional.of(at("08:00")), TWO.latestAtOrBefore(at("08:29")));
        assertEquals(Optional.of(at("08:00")), TWO.latestAtOrBefore(at("08:00")));
        assertEquals(Optional.of(at("04:00")), TWO.latestAtOrBefore(at("07:59")));
        assertEquals(Optional.of(at("22:30")), TWO.latestAtOrBefore(at("23:00")));
        assertEquals(Optional.empty(), FIRST.latestAtOrBefore(Instant.parse("2026-10-31T00:00:00Z")));
        assertEquals(Optional.empty(), SlotTimeline.NONE.latestAtOrBefore(at("08:00")));
    }

    /// Whoever set the clock back has taken back what was said about the time after.
    @Test
    void aChangeThatIsNotLaterThanEarlierOnesReplacesThem() {
        SlotTimeline changed = TWO.changedTo(DAILY, at("12:00"));
        assertEquals(TWO.changedTo(DAILY, at("06:00")), changed.changedTo(DAILY, at("06:00")));
        assertEquals(FIRST.changedTo(DAILY, at("08:00")), TWO.changedTo(DAILY, at("08:00")));
        assertEquals(Optional.of(at("12:00")), changed.lastChange());
        assertEquals(Optional.empty(), SlotTimeline.NONE.lastChange());
    }

    @Test
    void partsAreJoinedAndWhatIsBetweenThemHasNoSlots() {
        SlotTimeline joined = TWO.within(at("03:00"), at("09:00"))
                .followedBy(SlotTimeline.NONE.changedTo(EVERY_FOUR_HOURS, at("13:00")));
        assertEquals(
                at("04:00", "08:00", "08:30", "16:00", "20:00"), joined.slotsBetween(at("00:00"), at("23:00"), 10));
        assertEquals(Optional.of(at("08:30")), joined.latestAtOrBefore(at("15:00")));
        assertEquals(Optional.empty(), joined.latestAtOrBefore(at("03:00")));
    }
}
