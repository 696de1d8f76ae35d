package io.diskvault.instance;

import io.diskvault.command.Commands;
import io.diskvault.command.FeatureModule;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.DiskOverwriteEnded;
import io.diskvault.instance.InstanceEvent.DiskOverwriteStarted;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
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
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.Aggregates;
import io.diskvault.policy.SnapshotLimits;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;

/// Backup instances, wired.
@Singleton
final class InstanceModule implements FeatureModule {
    private final InstanceRows instances;
    private final JobRows jobs;
    private final DiskRows disks;
    private final InstanceCatalog catalog;
    private final ExpiredPointRemoval removal;
    private final SnapshotLimits snapshotLimits;
    private final DailyLimits dailyLimits;

    InstanceModule(
            InstanceRows instances,
            JobRows jobs,
            DiskRows disks,
            InstanceCatalog catalog,
            ExpiredPointRemoval removal,
            SnapshotLimits snapshotLimits,
            DailyLimits dailyLimits) {
        this.instances = instances;
        this.jobs = jobs;
        this.disks = disks;
        this.catalog = catalog;
        this.removal = removal;
        this.snapshotLimits = snapshotLimits;
        this.dailyLimits = dailyLimits;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.ofEntries(
                Map.entry("instance.protection-configured", ProtectionConfigured.class),
                Map.entry("instance.policy-switched", PolicySwitched.class),
                Map.entry("instance.protection-stopped", ProtectionStopped.class),
                Map.entry("instance.backups-suspended", BackupsSuspended.class),
                Map.entry("instance.protection-resumed", ProtectionResumed.class),
                Map.entry("instance.soft-deleted", InstanceSoftDeleted.class),
                Map.entry("instance.undeleted", InstanceUndeleted.class),
                Map.entry("instance.protection-removed", ProtectionRemoved.class),
                Map.entry("instance.backup-requested", BackupRequested.class),
                Map.entry("instance.restore-requested", RestoreRequested.class),
                Map.entry("instance.disk-overwrite-started", DiskOverwriteStarted.class),
                Map.entry("instance.disk-overwrite-ended", DiskOverwriteEnded.class),
                Map.entry("instance.backup-slot-skipped", BackupSlotSkipped.class),
                Map.entry("instance.backup-slots-missed", BackupSlotsMissed.class),
                Map.entry("instance.backup-slots-reopened", BackupSlotsReopened.class),
                Map.entry("instance.backup-ended", BackupEnded.class),
                Map.entry("instance.recovery-point-created", RecoveryPointCreated.class),
                Map.entry("instance.legal-hold-set", LegalHoldSet.class),
                Map.entry("instance.legal-hold-released", LegalHoldReleased.class),
                Map.entry("instance.point-exported", PointExported.class),
                Map.entry("instance.point-export-ended", PointExportEnded.class),
                Map.entry("instance.recovery-point-expired", RecoveryPointExpired.class),
                Map.entry("instance.snapshot", BackupInstance.class));
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, BackupInstance.class);
        configurer.registerCommandHandler(
                configuration -> new Protection(configuration.commandGateway(), endedBackups(configuration)));
        configurer.registerCommandHandler(configuration -> new BackupRequests(
                configuration.commandGateway(),
                jobs,
                catalog,
                endedBackups(configuration),
                BackupLimits.of(snapshotLimits, dailyLimits)));
        configurer.registerCommandHandler(configuration -> new RestoreRequests(
                configuration.commandGateway(), jobs, catalog, endedBackups(configuration), dailyLimits));
        configurer.registerCommandHandler(configuration -> new Overwrites(configuration.commandGateway(), disks, jobs));
        configurer.eventProcessing(processing -> processing
                .registerEventHandler(configuration -> new BackupOutcomes(new Commands(configuration.commandGateway())))
                .registerEventHandler(configuration -> removal));
    }

    private EndedBackups endedBackups(Configuration configuration) {
        return new EndedBackups(
                configuration.commandGateway(),
                new Overwrites(configuration.commandGateway(), disks, jobs),
                instances,
                jobs);
    }
}
