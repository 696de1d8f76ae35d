package io.diskvault.health;

import io.diskvault.command.FeatureModule;
import io.diskvault.health.view.HealthView;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// The health of instances, wired. It stores no events of its own.
@Singleton
final class HealthModule implements FeatureModule {
    private final HealthView view;

    HealthModule(HealthView view) {
        this.view = view;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing.registerEventHandler(configuration -> view));
    }
}
