package io.diskvault.instance.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.RecoveryPointRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {
    private static final Instant EXPIRY = Instant.parse("2027-02-10T12:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2027-03-01T00:00:00Z");

    private static RecoveryPointRow point(
            String kind,
            String tag,
            String time,
            String zone,
            @Nullable String hold,
            @Nullable String expired,
            String keptBy) {
        Instant held = hold == null ? null : Instant.parse("2026-11-20T00:00:00Z");
        return new RecoveryPointRow(
                "p1",
                "prod/web-1",
                kind,
                Instant.parse(time),
                tag,
                "P12W",
                "prod/gold",
                3,
                zone,
                EXPIRY,
                "FullRead",
                0,
                0,
                0,
                0,
                "snapshots",
                hold,
                held,
                0,
                expired == null ? null : AFTER,
                expired,
                keptBy);
    }

    private static RecoveryPointRow weekly(@Nullable String hold) {
        return point("Scheduled", "Weekly", "2026-11-18T12:00:00Z", "UTC", hold, null, "");
    }

    private static InstanceRow instance(String state, String latest) {
        return new InstanceRow(
                "prod/web-1",
                "prod",
                "web-1",
                "vm-disks/web-1",
                "prod/gold",
                null,
                "snapshots",
                state,
                null,
                AFTER,
                BEFORE,
                null,
                null,
                latest,
                BEFORE);
    }

    private static String kept(String state, String latest, Instant now) {
        return Reasons.whyKept(weekly(null), instance(state, latest), now);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Scheduled | Default | 2026-11-18T12:00:00Z | UTC              | Scheduled backup",
                "OnDemand  | Weekly  | 2026-11-18T12:00:00Z | UTC              | On-demand backup",
                "Scheduled | Daily   | 2026-11-18T23:30:00Z | UTC              | First successful backup of the day 2026-11-18",
                "Scheduled | Daily   | 2026-11-18T23:30:00Z | Europe/Amsterdam | First successful backup of the day 2026-11-19",
                "Scheduled | Weekly  | 2026-11-22T23:30:00Z | UTC              | First successful backup of the week of 2026-11-16",
                "Scheduled | Weekly  | 2026-11-22T23:30:00Z | Europe/Amsterdam | First successful backup of the week of 2026-11-23",
                "Scheduled | Weekly  | 2027-01-01T00:00:00Z | UTC              | First successful backup of the week of 2026-12-28",
                "Scheduled | Monthly | 2026-11-30T23:30:00Z | Europe/Amsterdam | First successful backup of the month 2026-12",
                "Scheduled | Yearly  | 2026-12-31T23:30:00Z | Europe/Amsterdam | First successful backup of the year 2027",
            })
    void saysWhatAPointIsTheFirstOf(String kind, String tag, String time, String zone, String origin) {
        assertEquals(
                origin + " by rule " + tag + " (P12W) of policy gold version 3; kept until 2027-02-10T12:00:00Z",
                Reasons.whyKept(
                        point(kind, tag, time, zone, null, null, ""), instance("ProtectionConfigured", "p1"), BEFORE));
    }

    @Test
    void saysWhatKeepsIt() {
        String origin =
                "First successful backup of the week of 2026-11-16 by rule Weekly (P12W) of policy gold version 3; ";
        assertEquals(
                origin + "kept although its time was up at 2027-02-10T12:00:00Z: it is the newest",
                kept("ProtectionConfigured", "p1", AFTER));
        assertEquals(
                origin + "its time was up at 2027-02-10T12:00:00Z and the next expiry removes it",
                kept("BackupsSuspended", "p2", EXPIRY));
        assertEquals(origin + "kept for as long as protection is stopped", kept("ProtectionStopped", "p2", AFTER));
        assertEquals(
                origin + "kept until its deleted backup instance is purged at 2027-03-01T00:00:00Z",
                kept("SoftDeleted", "p2", BEFORE));
        assertEquals(
                origin + "kept by a legal hold since 2026-11-20T00:00:00Z (case 7)",
                Reasons.whyKept(weekly("case 7"), instance("SoftDeleted", "p2"), AFTER));
    }

    @Test
    void saysWhyItWentAndWhatHadKeptIt() {
        String origin =
                "Scheduled backup by rule Default (P12W) of policy gold version 3; removed at 2027-03-01T00:00:00Z because ";
        assertEquals(origin + "its time was up at 2027-02-10T12:00:00Z", removed("RETENTION_ELAPSED", ""));
        assertEquals(
                origin
                        + "its time was up at 2027-02-10T12:00:00Z; it had been kept longer by a legal hold and while protection was stopped and as the newest",
                removed("RETENTION_ELAPSED", "LEGAL_HOLD,PROTECTION_STOPPED,NEWEST"));
        assertEquals(origin + "its backup instance was deleted", removed("INSTANCE_DELETED", ""));
        assertEquals(origin + "its deleted backup instance was purged", removed("INSTANCE_PURGED", ""));
    }

    private static String removed(String reason, String keptBy) {
        return Reasons.whyRemoved(point("Scheduled", "Default", "2026-11-18T12:00:00Z", "UTC", null, reason, keptBy));
    }
}
