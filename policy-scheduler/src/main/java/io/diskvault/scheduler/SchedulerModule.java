package io.diskvault.scheduler;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// The scheduler, wired. It stores no events of its own.
@Singleton
final class SchedulerModule implements FeatureModule {
    /// As whom the scheduler is written down in events.
    static final String CALLER = "scheduler";

    private final PolicyAlarms alarms;

    SchedulerModule(PolicyAlarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing.registerEventHandler(configuration -> alarms));
    }
}
