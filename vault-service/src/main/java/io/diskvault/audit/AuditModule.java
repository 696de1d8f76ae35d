package io.diskvault.audit;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// The audit, wired. It stores no events of its own.
@Singleton
final class AuditModule implements FeatureModule {
    private final Chain chain;
    private final Checkpoints checkpoints;

    AuditModule(Chain chain, Checkpoints checkpoints) {
        this.chain = chain;
        this.checkpoints = checkpoints;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing
                .registerEventHandler(configuration -> new ChainBuilder(chain, checkpoints))
                .registerPooledStreamingEventProcessorConfiguration(
                        ChainBuilder.GROUP, (configuration, builder) -> builder.batchSize(ChainBuilder.BATCH)));
    }
}
