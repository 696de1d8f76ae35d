package io.diskvault.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobIdTest {
    private static final Instant SLOT = Instant.parse("2026-11-22T02:00:00Z");

    @Test
    void aSlotHasOneJobAndOfAnotherInstanceOrSlotAnother() {
        JobId job = JobId.ofSlot(SLOT, "slot", "prod/web-1");

        assertEquals(job, JobId.ofSlot(SLOT, "slot", "prod/web-1"));
        assertNotEquals(job, JobId.ofSlot(SLOT, "slot", "prod/web-2"));
        assertNotEquals(job, JobId.ofSlot(SLOT.plusMillis(1), "slot", "prod/web-1"));
        assertNotEquals(job, JobId.ofSlot(SLOT, "restore-test", "prod/web-1"));
    }

    /// Another id for the same slot would be a second job: the node that decided it and the one that takes over may be
    /// of different versions.
    @Test
    void theIdOfASlotNeverChanges() {
        assertEquals(
                "01a200fb-5100-89f2-9735-7cad89b883ed",
                JobId.ofSlot(SLOT, "slot", "prod/web-1").text());
    }

    @Test
    void idsAreInTheOrderOfTheirTimesAsTextsToo() {
        List<String> ids = List.of(
                JobId.ofSlot(Instant.EPOCH, "slot", "a").text(),
                JobId.ofSlot(SLOT, "slot", "prod/web-1").text(),
                JobId.ofSlot(SLOT.plusMillis(1), "slot", "prod/web-1").text(),
                JobId.ofSlot(Instant.parse("2200-01-01T00:00:00Z"), "slot", "b").text());

        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void aRandomIdBeginsWithTheTimeAndIsNoOther() {
        JobId first = JobId.random(SLOT);
        JobId second = JobId.random(SLOT);

        assertEquals("01a200fb-5100", first.text().substring(0, 13));
        assertEquals(7, first.value().version());
        assertEquals(2, first.value().variant());
        assertNotEquals(first, second);
    }
}
