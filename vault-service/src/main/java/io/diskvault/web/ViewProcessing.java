package io.diskvault.web;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Lets the projections be replayed: their dead letters go then, as the events come again.
@Singleton
final class ViewProcessing implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing.registerDeadLetteringEventHandlerInvokerConfiguration(
                Views.GROUP, (configuration, invoker) -> invoker.allowReset(true)));
    }
}
