package io.diskvault.testing;

import io.diskvault.instance.BackupKind;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionTag;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Recovery points of a day, for those whom all the rest about them does not matter.
public final class RecordedPoints {
    private static final RetentionRule DAY = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P1D"));

    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private RecordedPoints() {}

    public static RecoveryPointCreated created(InstanceId instance, JobId job, BackupKind kind, Instant at) {
        RecoveryPointFacts facts = new RecoveryPointFacts(job.text(), kind, at, "FullRead", 1000, 800, 20, 10);
        return new RecoveryPointCreated(instance, job, facts, DAY, 99, GOLD, 3, UTC, at.plus(Duration.ofDays(1)), at);
    }
}
