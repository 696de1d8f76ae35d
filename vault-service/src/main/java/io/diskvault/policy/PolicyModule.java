package io.diskvault.policy;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import io.diskvault.policy.PolicyEvent.PolicyAssigned;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyEvent.PolicyUnassigned;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Backup policies, wired.
@Singleton
final class PolicyModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "policy.created", PolicyCreated.class,
                "policy.changed", PolicyChanged.class,
                "policy.schedule-time-corrected", ScheduleTimeCorrected.class,
                "policy.deleted", PolicyDeleted.class,
                "policy.assigned", PolicyAssigned.class,
                "policy.unassigned", PolicyUnassigned.class,
                "policy.snapshot", BackupPolicy.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, BackupPolicy.class);
        configurer.registerCommandHandler(configuration -> new PolicyRegistration(configuration.commandGateway()));
    }
}
