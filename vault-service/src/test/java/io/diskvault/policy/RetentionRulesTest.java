package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionRulesTest {
    static RetentionRules keep(String... rules) {
        return new RetentionRules(
                Arrays.stream(rules).map(RetentionRulesTest::rule).toList());
    }

    private static RetentionRule rule(String text) {
        String[] parts = text.split("=", -1);
        return new RetentionRule(RetentionTag.of(parts[0]), new RetentionDuration(parts[1]));
    }

    @ParameterizedTest
    @CsvSource({
        // Sunday November 1 is not the first day of an ISO week, but of a month
        "UTC, 2026-10-31T23:00:00Z 2026-11-01T00:00:00Z 2026-11-01T04:00:00Z, Yearly Monthly Default",
        "UTC, 2026-11-01T20:00:00Z 2026-11-02T00:00:00Z 2026-11-03T00:00:00Z 2026-11-03T23:59:59.999Z, Yearly Weekly Daily Default",
        // the day begins where the policy is
        "Europe/Amsterdam, 2026-11-02T22:00:00Z 2026-11-02T22:59:59Z 2026-11-02T23:00:00Z, Yearly Default Daily",
        "America/New_York, 2026-11-02T23:00:00Z 2026-11-03T04:59:59Z 2026-11-03T05:00:00Z, Yearly Default Daily",
        // days of 23 and 25 hours; 02:00 to 03:00 twice is one day still
        "Europe/Amsterdam, 2026-03-28T23:00:00Z 2026-03-29T21:59:59Z 2026-03-29T22:00:00Z, Yearly Default Weekly",
        "Europe/Amsterdam, 2026-10-24T22:00:00Z 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T22:59:59Z 2026-10-25T23:00:00Z, Yearly Default Default Default Weekly",
        "Australia/Lord_Howe, 2026-04-04T14:45:00Z 2026-04-04T15:05:00Z 2026-04-05T13:30:00Z, Yearly Default Weekly",
        // December 30 was left out
        "Pacific/Apia, 2011-12-30T09:00:00Z 2011-12-30T10:00:00Z 2011-12-31T09:00:00Z 2011-12-31T10:00:00Z, Yearly Daily Default Yearly",
        // 2026 has 53 weeks: Monday December 28 begins the last, Monday January 4 the first of 2027
        "UTC, 2026-12-27T00:00:00Z 2026-12-28T00:00:00Z 2026-12-31T00:00:00Z 2027-01-01T00:00:00Z 2027-01-03T00:00:00Z 2027-01-04T00:00:00Z, Yearly Weekly Daily Yearly Daily Weekly",
        // leap day
        "UTC, 2028-02-28T00:00:00Z 2028-02-29T00:00:00Z 2028-03-01T00:00:00Z, Yearly Daily Monthly",
        // what failed passes its tag on: the month's first success is on the 4th, the year's in February
        "UTC, 2026-10-31T00:00:00Z 2026-11-04T16:00:00Z 2026-11-04T20:00:00Z 2026-11-05T00:00:00Z, Yearly Monthly Default Daily",
        "UTC, 2026-12-30T00:00:00Z 2027-02-03T08:00:00Z 2027-02-03T12:00:00Z 2027-03-01T00:00:00Z, Yearly Yearly Default Monthly",
        // a clock that was set back begins no period again
        "UTC, 2026-11-04T00:00:00Z 2026-11-03T00:00:00Z 2026-11-03T12:00:00Z, Yearly Default Default"
    })
    void ofAllThatMatchTheLowestPriorityNumberWins(ZoneId zone, String points, String tags) {
        RetentionRules rules = keep("Default=P7D", "Daily=P30D", "Weekly=P12W", "Monthly=P12M", "Yearly=P10Y");
        Optional<Instant> previous = Optional.empty();
        StringBuilder given = new StringBuilder();
        for (String point : points.split(" ", -1)) {
            Instant at = Instant.parse(point);
            given.append(' ').append(rules.ruleFor(at, previous, zone).tag().text());
            previous = previous.filter(at::isBefore).or(() -> Optional.of(at));
        }
        assertEquals(tags, given.substring(1));
    }

    @Test
    void whatAPolicyHasNoRuleForGoesToTheNext() {
        Instant newYear = Instant.parse("2027-01-01T00:00:00Z");
        Optional<Instant> before = Optional.of(newYear.minusSeconds(1));
        ZoneId utc = ZoneId.of("UTC");
        assertEquals(
                RetentionTag.WEEKLY,
                keep("Default=P7D", "Weekly=P4W", "Daily=P9D")
                        .ruleFor(newYear, Optional.empty(), utc)
                        .tag());
        assertEquals(
                RetentionTag.DAILY,
                keep("Default=P7D", "Weekly=P4W", "Daily=P9D")
                        .ruleFor(newYear, before, utc)
                        .tag());
        assertEquals(
                RetentionTag.DEFAULT,
                keep("Default=P7D").ruleFor(newYear, before, utc).tag());
    }

    @Test
    void theOrderInWhichTheyAreGivenMeansNothing() {
        RetentionRules rules = keep("Yearly=P1Y", "Daily=P30D", "Default=P7D");
        assertEquals(keep("Default=P7D", "Daily=P30D", "Yearly=P1Y"), rules);
        assertEquals("P7D", rules.defaultRule().duration().text());
        assertEquals(
                "Default Daily Yearly",
                rules.rules().stream().map(rule -> rule.tag().text()).collect(Collectors.joining(" ")));
        assertEquals(
                Optional.of("P30D"),
                rules.find(RetentionTag.DAILY).map(rule -> rule.duration().text()));
        assertEquals(Optional.empty(), rules.find(RetentionTag.WEEKLY));
    }

    @Test
    void defaultIsAlwaysThereAndEachTagOnce() {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("Daily=P7D"),
                List.of("Default=P7D", "Default=P7D"),
                List.of("Default=P7D", "Weekly=P1W", "Weekly=P2W"))) {
            CommandRejected refused = assertThrows(CommandRejected.class, () -> keep(wrong.toArray(String[]::new)));
            assertEquals(PolicyRejection.RETENTION_INVALID, refused.rejection());
        }
        assertTrue(String.valueOf(assertThrows(CommandRejected.class, () -> keep("Hourly=P7D"))
                        .getMessage())
                .endsWith("the tags are Default, Daily, Weekly, Monthly, Yearly."));
    }

    @Test
    void prioritiesAreThoseOfAzure() {
        assertEquals(
                List.of(99, 25, 20, 15, 10),
                Arrays.stream(RetentionTag.values()).map(RetentionTag::priority).toList());
    }
}
