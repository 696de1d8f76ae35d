package io.diskvault.instance;

import io.diskvault.command.Commands;
import io.diskvault.command.FeatureModule;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.instance.view.InstanceView;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;

/// Backup instances, wired.
@Singleton
final class InstanceModule implements FeatureModule {
    private final InstanceView view;
    private final InstanceRows instances;
    private final JobRows jobs;
    private final ExpiredPointRemoval removal;

    InstanceModule(InstanceView view, InstanceRows instances, JobRows jobs, ExpiredPointRemoval removal) {
        this.view = view;
        this.instances = instances;
        this.jobs = jobs;
        this.removal = removal;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "instance.protection-configured", ProtectionConfigured.class,
                "instance.protection-removed", ProtectionRemoved.class,
                "instance.backup-requested", BackupRequested.class,
                "instance.backup-slot-skipped", BackupSlotSkipped.class,
                "instance.backup-slots-missed", BackupSlotsMissed.class,
                "instance.backup-ended", BackupEnded.class,
                "instance.recovery-point-created", RecoveryPointCreated.class,
                "instance.recovery-point-expired", RecoveryPointExpired.class,
                "instance.snapshot", BackupInstance.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, BackupInstance.class);
        configurer.registerCommandHandler(
                configuration -> new Protection(configuration.commandGateway(), endedBackups(configuration)));
        configurer.registerCommandHandler(
                configuration -> new BackupRequests(configuration.commandGateway(), jobs, endedBackups(configuration)));
        configurer.eventProcessing(processing -> processing
                .registerEventHandler(configuration -> view)
                .registerEventHandler(configuration -> new BackupOutcomes(new Commands(configuration.commandGateway())))
                .registerEventHandler(configuration -> removal));
    }

    private EndedBackups endedBackups(Configuration configuration) {
        return new EndedBackups(configuration.commandGateway(), instances, jobs);
    }
}
