package io.diskvault.watch;

import io.diskvault.alert.Alerts;
import io.diskvault.command.Commands;
import io.diskvault.command.FeatureModule;
import io.diskvault.instance.InstanceEvent;
import io.diskvault.job.JobEvent.JobEnded;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;

/// The watch, wired. It stores no events of its own.
@Singleton
final class WatchModule implements FeatureModule {
    /// What concerns one instance stays in its order, also when something is held up: a success that came before a
    /// failure must not end its alert.
    private static final SequencingPolicy<EventMessage<?>> ORDER = event -> switch (event.getPayload()) {
        case JobEnded ended -> Subject.of(ended.order());
        case InstanceEvent instance -> instance.instance().path();
        default -> SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event);
    };

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing -> processing
                .registerSequencingPolicy(Alerts.GROUP, configuration -> ORDER)
                .registerEventHandler(configuration -> new JobAlerts(alerts(configuration)))
                .registerEventHandler(
                        configuration -> new DamageAlerts(alerts(configuration), configuration.eventStore()))
                .registerEventHandler(configuration -> new SlotAlerts(alerts(configuration)))
                .registerEventHandler(
                        configuration -> new RetentionAlerts(alerts(configuration), configuration.eventStore())));
    }

    private static Alerts alerts(Configuration configuration) {
        return new Alerts(new Commands(configuration.commandGateway()));
    }
}
