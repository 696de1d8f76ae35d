package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final BackupSchedule HOURLY = BackupSchedule.of("R/2026-11-01T00:00:00+00:00/PT1H");

    private static PolicyRules rules(BackupSchedule schedule, String retention) {
        return new PolicyRules(schedule, RetentionRulesTest.keep(retention.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "Default=P7D, Default=P7D, false",
        "Default=P7D, Default=P8D, false",
        "Default=P7D, Default=P6D, true",
        "Default=P7D, Default=P1W, false",
        "Default=P1W, Default=P7D, false",
        // a month has 28 days at least and 31 at most
        "Default=P31D, Default=P1M, true",
        "Default=P28D, Default=P1M, false",
        "Default=P1M, Default=P30D, true",
        "Default=P1M, Default=P31D, false",
        "Default=P365D, Default=P1Y, false",
        "Default=P1Y, Default=P365D, true",
        "Default=P12M, Default=P1Y, false",
        "Default=P1Y, Default=P12M, false",
        // a tag more
        "Default=P7D, Default=P7D Daily=P30D, false",
        "Default=P30D, Default=P30D Daily=P7D, true",
        "Default=P7D Daily=P30D, Default=P7D Daily=P30D Weekly=P12W, false",
        "Default=P7D Monthly=P1Y, Default=P7D Monthly=P1Y Yearly=P1M, true",
        // a tag less: its points get what matches then
        "Default=P7D Daily=P30D, Default=P7D, true",
        "Default=P7D Daily=P30D, Default=P30D, false",
        "Default=P7D Weekly=P30D, Default=P7D Daily=P30D, false",
        "Default=P7D Daily=P30D, Default=P7D Weekly=P30D, true",
        // one longer, one shorter
        "Default=P7D Daily=P30D, Default=P6D Daily=P60D, true",
        "Default=P7D Daily=P30D, Default=P8D Daily=P29D, true",
        // shorter for nobody: what is first of a week and a month goes by the month
        "Default=P7D Weekly=P4W Monthly=P1Y, Default=P7D Weekly=P5W Monthly=P1Y, false",
    })
    void areWeakenedWhenSomePointWouldGoEarlier(String now, String next, boolean weakened) {
        assertEquals(weakened, rules(HOURLY, now).areWeakenedBy(rules(HOURLY, next), NOON));
    }

    @Test
    void areWeakenedByAnyOtherSchedule() {
        PolicyRules now = rules(HOURLY, "Default=P7D");
        for (String other : new String[] {"R/2926-11-01T00:00:00+00:00/PT1H", "R/2026-11-01T00:00:00+00:00/P1W"}) {
            assertTrue(now.areWeakenedBy(rules(BackupSchedule.of(other), "Default=P8D"), NOON), other);
        }
        assertTrue(now.areWeakenedBy(rules(HOURLY.in("Europe/Amsterdam"), "Default=P7D"), NOON));
    }

    @Test
    void sayAllThereIsInOneLine() {
        assertEquals(
                "every hour from 2026-11-01 00:00 +00:00 on (time zone Europe/Amsterdam), kept for 7 days (Default), 30 days (Daily)",
                rules(HOURLY.in("Europe/Amsterdam"), "Default=P7D Daily=P30D").text());
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, P1D, 'every hour from 2026-11-01 02:00 +01:00 on, kept for 1 day (Default)'",
        "PT12H, P4W, 'every 12 hours from 2026-11-01 02:00 +01:00 on, kept for 4 weeks (Default)'",
        "P1D, P12M, 'every day from 2026-11-01 02:00 +01:00 on, kept for 12 months (Default)'",
        "P1W, P1Y, 'every week from 2026-11-01 02:00 +01:00 on, kept for 1 year (Default)'"
    })
    void theyAreToldInWords(String frequency, String duration, String words) {
        BackupSchedule schedule = BackupSchedule.of("R/2026-11-01T02:00:00+01:00/" + frequency);
        assertEquals(words, rules(schedule, "Default=" + duration).text());
    }
}
