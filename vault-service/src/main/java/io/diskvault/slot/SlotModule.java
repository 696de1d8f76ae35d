package io.diskvault.slot;

import io.diskvault.command.FeatureModule;
import io.diskvault.slot.view.SlotView;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// The ledger, wired. It stores no events of its own.
@Singleton
final class SlotModule implements FeatureModule {
    private final SlotView view;

    SlotModule(SlotView view) {
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
