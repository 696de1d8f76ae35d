package io.diskvault.restore;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Restores, wired.
@Singleton
final class RestoreModule implements FeatureModule {
    private final RestoreCleanup cleanup;

    RestoreModule(RestoreCleanup cleanup) {
        this.cleanup = cleanup;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing.registerEventHandler(configuration -> cleanup));
    }
}
