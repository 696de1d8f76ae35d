package io.diskvault.policy;

import io.diskvault.policy.PolicyEvent.PolicyAssigned;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyEvent.PolicyUnassigned;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final PolicyId POLICY = new PolicyId("prod", "gold");
    private static final BackupSchedule SCHEDULE =
            BackupSchedule.of("R/2026-11-01T02:00:00+01:00/PT4H").in("Europe/Amsterdam");
    private static final RetentionRules RETENTION = new RetentionRules(List.of(
            new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P7D")),
            new RetentionRule(RetentionTag.WEEKLY, new RetentionDuration("P12W"))));

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new PolicyModule())
                .hold("policy.created", """
                        {"policy":"prod/gold","version":1,\
                        "schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/PT4H"],"timeZone":"Europe/Amsterdam"},\
                        "retention":[{"tag":"Default","duration":"P7D"},{"tag":"Weekly","duration":"P12W"}],"at":"2026-11-01T12:00:00.123Z"}""", new PolicyCreated(POLICY, 1, SCHEDULE, RETENTION, AT))
                .hold("policy.changed", """
                        {"policy":"prod/gold","version":2,\
                        "schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/PT4H"],"timeZone":"Europe/Amsterdam"},\
                        "retention":[{"tag":"Default","duration":"P7D"},{"tag":"Weekly","duration":"P12W"}],"at":"2026-11-01T12:00:00.123Z"}""", new PolicyChanged(POLICY, 2, SCHEDULE, RETENTION, AT))
                .hold("policy.schedule-time-corrected", """
                        {"policy":"prod/gold","at":"2026-11-01T12:00:00.123Z"}""", new ScheduleTimeCorrected(POLICY, AT))
                .hold("policy.deleted", """
                        {"policy":"prod/gold","at":"2026-11-01T12:00:00.123Z"}""", new PolicyDeleted(POLICY, AT))
                .hold("policy.assigned", """
                        {"policy":"prod/gold","instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new PolicyAssigned(POLICY, "prod/web-1", AT))
                .hold("policy.unassigned", """
                        {"policy":"prod/gold","instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new PolicyUnassigned(POLICY, "prod/web-1", AT))
                .areAll();
    }
}
