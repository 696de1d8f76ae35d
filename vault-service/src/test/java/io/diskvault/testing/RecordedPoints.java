package io.diskvault.testing;

import io.diskvault.instance.BackupKind;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.job.JobId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import java.time.Duration;
import java.time.Instant;

/// Recovery points of a day, for those whom all the rest about them does not matter.
public final class RecordedPoints {
    private static final RetentionRule DAY = new RetentionRule("Default", new RetentionDuration("P1D"));

    private RecordedPoints() {}

    public static RecoveryPointCreated created(InstanceId instance, JobId job, BackupKind kind, Instant at) {
        RecoveryPointFacts facts = new RecoveryPointFacts(job.text(), kind, at, "FullRead", 1000, 800, 20, 10);
        return new RecoveryPointCreated(instance, job, facts, DAY, 3, at.plus(Duration.ofDays(1)), at);
    }
}
