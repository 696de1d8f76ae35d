package io.diskvault.web;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Projections;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Lets the projections follow the events and be replayed: their dead letters go then, as the events come again.
/// Whether a thing has any is remembered, or each event would ask the database.
@Singleton
final class ViewProcessing implements FeatureModule {
    /// So many events change the tables in one transaction, if there are so many; an everyday event is alone in it.
    private static final int BATCH = 1000;

    private final Projections projections;

    ViewProcessing(Projections projections) {
        this.projections = projections;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing
                .registerEventHandler(configuration -> projections)
                .assignHandlerInstancesMatching(Views.GROUP, projections::equals)
                .registerPooledStreamingEventProcessorConfiguration(
                        Views.GROUP, (configuration, processor) -> processor.batchSize(BATCH))
                .registerDeadLetteringEventHandlerInvokerConfiguration(
                        Views.GROUP,
                        (configuration, invoker) -> invoker.allowReset(true).enableSequenceIdentifierCache()));
    }
}
