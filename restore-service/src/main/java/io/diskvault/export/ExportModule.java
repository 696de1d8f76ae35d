package io.diskvault.export;

import io.diskvault.command.Commands;
import io.diskvault.command.FeatureModule;
import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import io.diskvault.export.ExportEvent.ExportKeepEnded;
import io.diskvault.export.ExportEvent.ExportKeepStarted;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Exports, wired.
@Singleton
final class ExportModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "export.created", ExportCreated.class,
                "export.keep-started", ExportKeepStarted.class,
                "export.keep-ended", ExportKeepEnded.class,
                "export.ended", ExportEnded.class,
                "export.snapshot", PointExport.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, PointExport.class);
        configurer.registerCommandHandler(configuration -> new ExportOrders(configuration.commandGateway()));
        configurer.eventProcessing(processing -> processing.registerEventHandler(
                configuration -> new KeepOutcomes(new Commands(configuration.commandGateway()))));
    }
}
