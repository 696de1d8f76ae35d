package io.diskvault.job;

import io.diskvault.job.JobEvent.JobCancellationRequested;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.testing.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final JobId JOB = new JobId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final JobOrder SCHEDULED =
            new BackupOrder("prod", "web-1", Optional.of(Instant.parse("2026-11-01T12:00:00Z")), Optional.empty());
    private static final JobOrder ON_DEMAND =
            new BackupOrder("prod", "web-1", Optional.empty(), Optional.of("Default"));
    private static final JobOrder RESTORE =
            new RestoreOrder("prod", "web-1", "point", "vm-disks", "restored", "restored.img", false, "raw");

    private static final JobOrder TEST = new RestoreTestOrder(
            "prod", "web-1", "point", "scratch", Optional.of(Instant.parse("2026-11-01T12:00:00Z")));

    private static final JobRetries RETRIES = new JobRetries(List.of(Duration.ofMinutes(1)), AT);

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new JobModule())
                .hold(
                        "job.queued",
                        """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Backup","vault":"prod",\
                        "instance":"web-1","slot":"2026-11-01T12:00:00Z","retentionTag":null},\
                        "datastore":"/backup","retries":{"waits":["PT1M"],"until":"2026-11-01T12:00:00.123Z"},\
                        "at":"2026-11-01T12:00:00.123Z"}""",
                        new JobQueued(JOB, SCHEDULED, Optional.of("/backup"), Optional.of(RETRIES), AT))
                .hold("job.queued", """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Restore","vault":"prod",\
                        "instance":"web-1","recoveryPoint":"point","resourceGroup":"vm-disks","diskName":"restored",\
                        "fileName":"restored.img","continueOnDamage":false,"format":"raw"},"datastore":null,"retries":null,\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobQueued(JOB, RESTORE, Optional.empty(), Optional.empty(), AT))
                .reads("job.queued", """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Restore","vault":"prod",\
                        "instance":"web-1","recoveryPoint":"point","resourceGroup":"vm-disks","diskName":"restored",\
                        "fileName":"restored.img"},"datastore":null,"retries":null,\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobQueued(JOB, RESTORE, Optional.empty(), Optional.empty(), AT))
                .hold(
                        "job.queued",
                        """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Keep","vault":"prod",\
                        "instance":"web-1","export":"00000000-0000-4000-8000-00000000000a","retentionTag":"Weekly"},\
                        "datastore":null,"retries":null,"at":"2026-11-01T12:00:00.123Z"}""",
                        new JobQueued(
                                JOB,
                                new KeepOrder("prod", "web-1", JOB.value(), Optional.of("Weekly")),
                                Optional.empty(),
                                Optional.empty(),
                                AT))
                .hold("job.queued", """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"RestoreTest",\
                        "vault":"prod","instance":"web-1","recoveryPoint":"point","resourceGroup":"scratch",\
                        "slot":"2026-11-01T12:00:00Z"},"datastore":null,"retries":null,\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobQueued(JOB, TEST, Optional.empty(), Optional.empty(), AT))
                .hold("job.started", """
                        {"job":"00000000-0000-4000-8000-00000000000a","worker":"w","attempt":2,\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobStarted(JOB, "w", 2, AT))
                .hold("job.requeued", """
                        {"job":"00000000-0000-4000-8000-00000000000a","attempt":2,"reason":"WORKER_LOST",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobRequeued(JOB, 2, RequeueReason.WORKER_LOST, AT))
                .hold("job.requeued", """
                        {"job":"00000000-0000-4000-8000-00000000000a","attempt":2,"reason":"SERVER_STOPPED",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobRequeued(JOB, 2, RequeueReason.SERVER_STOPPED, AT))
                .hold(
                        "job.retry-scheduled",
                        """
                        {"job":"00000000-0000-4000-8000-00000000000a","attempt":2,\
                        "error":{"code":"C","message":"m","recommendedAction":"a","retryable":true},\
                        "notBefore":"2026-11-01T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""",
                        new JobRetryScheduled(JOB, 2, new JobError("C", "m", "a", true), AT, AT))
                .hold("job.cancellation-requested", """
                        {"job":"00000000-0000-4000-8000-00000000000a","at":"2026-11-01T12:00:00.123Z"}""", new JobCancellationRequested(JOB, AT))
                .hold("job.cancelled", """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Backup","vault":"prod",\
                        "instance":"web-1","slot":null,"retentionTag":"Default"},\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobCancelled(JOB, ON_DEMAND, AT))
                .hold(
                        "job.completed",
                        """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Backup","vault":"prod",\
                        "instance":"web-1","slot":null,"retentionTag":"Default"},"recoveryPoint":"point",\
                        "warnings":["one","two"],"totalBytes":4096,"at":"2026-11-01T12:00:00.123Z"}""",
                        new JobCompleted(JOB, ON_DEMAND, Optional.of("point"), List.of("one", "two"), 4096, AT))
                .hold("job.failed", """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Backup","vault":"prod",\
                        "instance":"web-1","slot":null,"retentionTag":"Default"},\
                        "error":{"code":"C","message":"m","recommendedAction":"a","retryable":true},\
                        "at":"2026-11-01T12:00:00.123Z"}""", new JobFailed(JOB, ON_DEMAND, new JobError("C", "m", "a", true), AT))
                .hold(
                        "job.queued",
                        """
                        {"job":"00000000-0000-4000-8000-00000000000a","order":{"operation":"Overwrite","vault":"prod",\
                        "instance":"web-1","recoveryPoint":"point","resourceGroup":"vm-disks","diskName":"web-1",\
                        "diskId":"00000000-0000-4000-8000-00000000000a","continueOnDamage":true},"datastore":null,\
                        "retries":null,"at":"2026-11-01T12:00:00.123Z"}""",
                        new JobQueued(
                                JOB,
                                new OverwriteOrder("prod", "web-1", "point", "vm-disks", "web-1", JOB.value(), true),
                                Optional.empty(),
                                Optional.empty(),
                                AT))
                .hold("job.restore-measured", """
                        {"job":"00000000-0000-4000-8000-00000000000a","writtenBytes":1,"keptBytes":2,\
                        "damagedBytes":3,"warnings":["one"],"at":"2026-11-01T12:00:00.123Z"}""", new RestoreMeasured(JOB, 1, 2, 3, List.of("one"), AT))
                .areAll();
    }
}
