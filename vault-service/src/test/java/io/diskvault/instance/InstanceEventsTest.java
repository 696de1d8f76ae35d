package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.DiskOverwriteEnded;
import io.diskvault.instance.InstanceEvent.DiskOverwriteStarted;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.PointExportEnded;
import io.diskvault.instance.InstanceEvent.PointExported;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionTag;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstanceEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final Instant SLOT = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant EXPIRY = Instant.parse("2026-11-08T12:00:00.123Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final JobId JOB = new JobId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final ResourceGroupId SNAPSHOTS = new ResourceGroupId("snapshots");
    private static final RetentionRule WEEK = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P7D"));

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new InstanceModule(null, null, null, null, null, null, null))
                .hold(
                        "instance.protection-configured",
                        """
                        {"instance":"prod/web-1","disk":"vm-disks/web-1","policy":"prod/gold",\
                        "snapshotGroup":"snapshots","at":"2026-11-01T12:00:00.123Z"}""",
                        new ProtectionConfigured(
                                WEB, new DiskId("vm-disks", "web-1"), new PolicyId("prod", "gold"), SNAPSHOTS, AT))
                .hold(
                        "instance.policy-switched",
                        """
                        {"instance":"prod/web-1","from":"prod/gold","to":"prod/silver",\
                        "at":"2026-11-01T12:00:00.123Z"}""",
                        new PolicySwitched(WEB, new PolicyId("prod", "gold"), new PolicyId("prod", "silver"), AT))
                .hold("instance.protection-stopped", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new ProtectionStopped(WEB, AT))
                .hold("instance.backups-suspended", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new BackupsSuspended(WEB, AT))
                .hold("instance.protection-resumed", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new ProtectionResumed(WEB, AT))
                .hold("instance.soft-deleted", """
                        {"instance":"prod/web-1","purgeTime":"2026-11-08T12:00:00.123Z",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new InstanceSoftDeleted(WEB, EXPIRY, AT))
                .hold("instance.undeleted", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new InstanceUndeleted(WEB, AT))
                .hold("instance.legal-hold-set", """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "reason":"case 7","at":"2026-11-01T12:00:00.123Z"}""", new LegalHoldSet(WEB, JOB.text(), "case 7", AT))
                .hold("instance.legal-hold-released", """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new LegalHoldReleased(WEB, JOB.text(), AT))
                .hold("instance.point-exported", """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "export":"00000000-0000-4000-8000-00000000000a","exports":2,"at":"2026-11-01T12:00:00.123Z"}""", new PointExported(WEB, JOB.text(), JOB.value(), 2, AT))
                .hold("instance.point-export-ended", """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "export":"00000000-0000-4000-8000-00000000000a","exports":0,"at":"2026-11-01T12:00:00.123Z"}""", new PointExportEnded(WEB, JOB.text(), JOB.value(), 0, AT))
                .hold("instance.protection-removed", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new ProtectionRemoved(WEB, AT))
                .hold(
                        "instance.backup-requested",
                        """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "slot":"2026-11-01T12:00:00Z","retentionTag":null,"at":"2026-11-01T12:00:00.123Z"}""",
                        new BackupRequested(WEB, JOB, Optional.of(SLOT), Optional.empty(), AT))
                .hold(
                        "instance.backup-requested",
                        """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "slot":null,"retentionTag":"Default","at":"2026-11-01T12:00:00.123Z"}""",
                        new BackupRequested(WEB, JOB, Optional.empty(), Optional.of("Default"), AT))
                .hold("instance.restore-requested", """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a","point":"p1",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new RestoreRequested(WEB, JOB, "p1", AT))
                .hold("instance.disk-overwrite-started", """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new DiskOverwriteStarted(WEB, JOB, AT))
                .hold("instance.disk-overwrite-ended", """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new DiskOverwriteEnded(WEB, JOB, AT))
                .hold(
                        "instance.backup-slot-skipped",
                        """
                        {"instance":"prod/web-1","slot":"2026-11-01T12:00:00Z","reason":"STILL_RUNNING",\
                        "at":"2026-11-01T12:00:00.123Z"}""",
                        new BackupSlotSkipped(WEB, SLOT, SkipReason.STILL_RUNNING, AT))
                .hold(
                        "instance.backup-slots-missed",
                        """
                        {"instance":"prod/web-1","slots":["2026-11-01T12:00:00Z","2026-11-08T12:00:00.123Z"],\
                        "kind":"MISSED","at":"2026-11-01T12:00:00.123Z"}""",
                        new BackupSlotsMissed(WEB, List.of(SLOT, EXPIRY), MissKind.MISSED, AT))
                .hold(
                        "instance.backup-slots-missed",
                        """
                        {"instance":"prod/web-1","slots":["2026-11-01T12:00:00Z"],\
                        "kind":"COALESCED","at":"2026-11-01T12:00:00.123Z"}""",
                        new BackupSlotsMissed(WEB, List.of(SLOT), MissKind.COALESCED, AT))
                .hold("instance.backup-slots-reopened", """
                        {"instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new BackupSlotsReopened(WEB, AT))
                .hold("instance.backup-ended", """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "outcome":"Completed","at":"2026-11-01T12:00:00.123Z"}""", new BackupEnded(WEB, JOB, "Completed", AT))
                .hold(
                        "instance.recovery-point-created",
                        """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "point":{"id":"00000000-0000-4000-8000-00000000000a","kind":"Scheduled",\
                        "snapshotTime":"2026-11-01T12:00:00.123Z","changeDetection":"FullRead","logicalBytes":4096,\
                        "usedBytes":2048,"changedBytes":1024,"storedBytes":512},\
                        "rule":{"tag":"Default","duration":"P7D"},"tagPriority":99,"policy":"prod/gold","policyVersion":3,\
                        "timeZone":"Europe/Amsterdam","expiryTime":"2026-11-08T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""",
                        new RecoveryPointCreated(
                                WEB,
                                JOB,
                                facts(BackupKind.SCHEDULED),
                                WEEK,
                                99,
                                new PolicyId("prod", "gold"),
                                3,
                                ZoneId.of("Europe/Amsterdam"),
                                EXPIRY,
                                AT))
                .hold(
                        "instance.recovery-point-created",
                        """
                        {"instance":"prod/web-1","job":"00000000-0000-4000-8000-00000000000a",\
                        "point":{"id":"00000000-0000-4000-8000-00000000000a","kind":"OnDemand",\
                        "snapshotTime":"2026-11-01T12:00:00.123Z","changeDetection":"FullRead","logicalBytes":4096,\
                        "usedBytes":2048,"changedBytes":1024,"storedBytes":512},\
                        "rule":{"tag":"Default","duration":"P7D"},"tagPriority":99,"policy":"prod/gold","policyVersion":3,\
                        "timeZone":"Europe/Amsterdam","expiryTime":"2026-11-08T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""",
                        new RecoveryPointCreated(
                                WEB,
                                JOB,
                                facts(BackupKind.ON_DEMAND),
                                WEEK,
                                99,
                                new PolicyId("prod", "gold"),
                                3,
                                ZoneId.of("Europe/Amsterdam"),
                                EXPIRY,
                                AT))
                .hold(
                        "instance.recovery-point-expired",
                        """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "snapshotGroup":"snapshots","reason":"RETENTION_ELAPSED",\
                        "rule":{"tag":"Default","duration":"P7D"},"policyVersion":3,\
                        "expiryTime":"2026-11-08T12:00:00.123Z","keptBy":["NEWEST","LEGAL_HOLD"],\
                        "at":"2026-11-01T12:00:00.123Z"}""",
                        expired(ExpiryReason.RETENTION_ELAPSED, KeepReason.NEWEST, KeepReason.LEGAL_HOLD))
                .hold("instance.recovery-point-expired", """
                        {"instance":"prod/web-1","point":"00000000-0000-4000-8000-00000000000a",\
                        "snapshotGroup":"snapshots","reason":"INSTANCE_DELETED",\
                        "rule":{"tag":"Default","duration":"P7D"},"policyVersion":3,\
                        "expiryTime":"2026-11-08T12:00:00.123Z","keptBy":[],\
                        "at":"2026-11-01T12:00:00.123Z"}""", expired(ExpiryReason.INSTANCE_DELETED))
                .areAll();
    }

    private static RecoveryPointFacts facts(BackupKind kind) {
        return new RecoveryPointFacts(JOB.text(), kind, AT, "FullRead", 4096, 2048, 1024, 512);
    }

    private static RecoveryPointExpired expired(ExpiryReason reason, KeepReason... keptBy) {
        return new RecoveryPointExpired(WEB, JOB.text(), SNAPSHOTS, reason, WEEK, 3, EXPIRY, List.of(keptBy), AT);
    }
}
