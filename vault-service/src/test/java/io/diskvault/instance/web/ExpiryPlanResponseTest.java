package io.diskvault.instance.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.instance.ExpiryPlan;
import io.diskvault.instance.KeepReason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpiryPlanResponseTest {
    private static final Instant MADE = Instant.parse("2026-11-01T02:00:00Z");
    private static final Instant UP = Instant.parse("2026-11-08T02:00:00Z");

    private static ExpiryPlan.Entry entry(KeepReason... keptBy) {
        return new ExpiryPlan.Entry("p1", MADE, UP, List.of(keptBy));
    }

    private static String goes(KeepReason... keptBy) {
        return ExpiryPlanResponse.of(new ExpiryPlan(UP, List.of(entry(keptBy)), List.of()))
                .expiring()
                .getFirst()
                .why();
    }

    private static String stays(KeepReason... keptBy) {
        return ExpiryPlanResponse.of(new ExpiryPlan(UP, List.of(), List.of(entry(keptBy))))
                .staying()
                .getFirst()
                .why();
    }

    @Test
    void whatGoesSaysWhatHadKeptIt() {
        assertEquals("Goes at the next expiry: its time was up at 2026-11-08T02:00:00Z.", goes());
        assertEquals(
                "Goes at the next expiry: its time was up at 2026-11-08T02:00:00Z; it had been kept longer by a legal hold"
                        + " and as the newest.",
                goes(KeepReason.LEGAL_HOLD, KeepReason.NEWEST));
    }

    @Test
    void whatStaysSaysWhyAndUntilWhen() {
        assertEquals("Stays until its time is up at 2026-11-08T02:00:00Z.", stays(KeepReason.TIME_LEFT));
        assertEquals(
                "Stays although its time was up at 2026-11-08T02:00:00Z: it is the newest, and goes once there is a newer"
                        + " one.",
                stays(KeepReason.NEWEST));
        assertEquals(
                "Stays until its legal hold is released, and for as long as protection is stopped.",
                stays(KeepReason.LEGAL_HOLD, KeepReason.PROTECTION_STOPPED));
        assertEquals("Stays until its deleted backup instance is purged.", stays(KeepReason.SOFT_DELETED));
    }

    @Test
    void eachReasonHasItsWords() {
        assertEquals(
                KeepReason.values().length,
                Stream.of(KeepReason.values())
                        .map(ExpiryPlanResponseTest::stays)
                        .distinct()
                        .count());
    }
}
