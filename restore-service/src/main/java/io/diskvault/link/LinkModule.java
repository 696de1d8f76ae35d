package io.diskvault.link;

import io.diskvault.command.FeatureModule;
import io.diskvault.link.LinkEvent.LinkCreated;
import io.diskvault.link.LinkEvent.LinkRevoked;
import io.diskvault.link.LinkEvent.LinkUsed;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Links, wired.
@Singleton
final class LinkModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "link.created", LinkCreated.class,
                "link.used", LinkUsed.class,
                "link.revoked", LinkRevoked.class,
                "link.snapshot", PointLink.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, PointLink.class);
    }
}
