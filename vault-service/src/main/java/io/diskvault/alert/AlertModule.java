package io.diskvault.alert;

import io.diskvault.alert.AlertEvent.AlertAcknowledged;
import io.diskvault.alert.AlertEvent.AlertClosed;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertRepeated;
import io.diskvault.alert.AlertEvent.AlertResolved;
import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Alerts, wired.
@Singleton
final class AlertModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "alert.raised", AlertRaised.class,
                "alert.repeated", AlertRepeated.class,
                "alert.acknowledged", AlertAcknowledged.class,
                "alert.closed", AlertClosed.class,
                "alert.resolved", AlertResolved.class,
                "alert.snapshot", Alert.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, Alert.class);
    }
}
