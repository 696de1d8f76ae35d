package io.diskvault.storage;

import io.diskvault.command.FeatureModule;
import io.diskvault.storage.view.StorageView;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// What recovery points take, wired. It stores no events of its own.
@Singleton
final class StorageModule implements FeatureModule {
    private final StorageView view;

    StorageModule(StorageView view) {
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
