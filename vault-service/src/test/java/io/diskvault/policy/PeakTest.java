package io.diskvault.policy;

import static io.diskvault.policy.RetentionRulesTest.keep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.diskvault.command.CommandRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeakTest {
    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");

    private static BackupSchedule every(String frequency) {
        return BackupSchedule.of("R/2026-11-01T00:00:00+00:00/" + frequency);
    }

    private static Peak peak(String frequency, String zone, String rules) {
        return PolicyAdmission.peak(every(frequency).in(zone), keep(rules.split(" ", -1)), FROM);
    }

    @ParameterizedTest
    @CsvSource({
        // the point that expires is there still when the next is made: n + 1
        "P1D,  UTC,              Default=P7D,                        8,   2026-11-29T00:00:00Z",
        "PT4H, UTC,              Default=P7D,                        43,  2026-11-28T12:00:00Z",
        "P1W,  UTC,              Default=P1D,                        2,   2026-11-29T00:00:00Z",
        "P1W,  UTC,              Default=P4W,                        5,   2026-12-20T00:00:00Z",
        // a year has 366 days if it has February 29
        "P1D,  UTC,              Default=P1Y,                        367, 2028-03-01T00:00:00Z",
        // a day has 25 hours when clocks go back
        "PT1H, UTC,              Default=P1D,                        25,  2026-11-22T10:00:00Z",
        "PT1H, Europe/Amsterdam, Default=P1D,                        26,  2027-10-31T02:00:00Z",
        // the first point is the first of its year, on November 22; the year's next is on January 3
        "P1W,  UTC,              Default=P1W Yearly=P2Y,             5,   2028-01-16T00:00:00Z"
    })
    void isTheMostPointsThereEverAre(String frequency, String zone, String rules, int livePoints, Instant reachedAt) {
        assertEquals(new Peak(livePoints, reachedAt), peak(frequency, zone, rules));
    }

    @Test
    void aCenturyOfYearsTakesNoTime() {
        peak("PT1H", "UTC", "Default=P7D Yearly=P3Y");
        // A tenth of it on a machine that has nothing else to do.
        assertTimeout(
                Duration.ofSeconds(1),
                () -> assertEquals(
                        271,
                        peak("PT1H", "Europe/Amsterdam", "Default=P7D Yearly=P100Y")
                                .livePoints()));
    }

    @Test
    void aRefusalSaysThePeakAndWhatWouldFit() {
        PolicyAdmission admission = new PolicyAdmission(new SnapshotLimits(180, 200));
        CommandRejected refused = assertThrows(
                CommandRejected.class,
                () -> admission.require(every("PT4H"), keep("Default=P30D", "Weekly=P12W", "Yearly=P10Y"), FROM));
        assertEquals(PolicyRejection.TOO_MANY_POINTS, refused.rejection());
        assertEquals(
                "The policy would keep up to 200 recovery points of a disk, as many for the first time at"
                        + " 2036-01-31T04:00:00Z; at most 180 are allowed."
                        + " With the other rules as they are, this would fit: Default P26D.",
                refused.getMessage());
        refused = assertThrows(
                CommandRejected.class,
                () -> admission.require(every("PT1H"), keep("Default=P8D", "Yearly=P10Y"), FROM));
        assertEquals(
                "The policy would keep up to 204 recovery points of a disk, as many for the first time at"
                        + " 2036-01-09T01:00:00Z; at most 180 are allowed."
                        + " With the other rules as they are, this would fit: Default P7D.",
                refused.getMessage());
        refused = assertThrows(
                CommandRejected.class,
                () -> admission.require(every("PT1H"), keep("Default=P30D", "Daily=P200D"), FROM));
        assertEquals(
                "The policy would keep up to 892 recovery points of a disk, as many for the first time at"
                        + " 2027-06-09T01:00:00Z; at most 180 are allowed."
                        + " No shorter duration of one rule alone would fit.",
                refused.getMessage());
    }

    @Test
    void aRefusedPolicyMayFitInMoreThanOneWay() {
        PolicyAdmission admission = new PolicyAdmission(new SnapshotLimits(180, 200));
        assertEquals(
                List.of("Default P5D", "Yearly P10Y"),
                keep("Default=P7D", "Yearly=P40Y").rules().stream()
                        .flatMap(
                                rule -> admission
                                        .largestThatFits(every("PT1H"), keep("Default=P7D", "Yearly=P40Y"), rule, FROM)
                                        .stream())
                        .map(RetentionRule::text)
                        .toList());
    }

    @Test
    void whatWouldFitDoesAndNoMore() {
        PolicyAdmission admission = new PolicyAdmission(new SnapshotLimits(60, 200));
        RetentionRules rules = keep("Default=P20D", "Weekly=P52W");
        for (RetentionRule rule : rules.rules()) {
            RetentionRule fits =
                    admission.largestThatFits(every("PT12H"), rules, rule, FROM).orElseThrow();
            admission.require(every("PT12H"), rules.with(fits), FROM);
            RetentionRule more = new RetentionRule(
                    fits.tag(), fits.duration().withCount(fits.duration().count() + 1));
            assertThrows(CommandRejected.class, () -> admission.require(every("PT12H"), rules.with(more), FROM));
        }
    }
}
