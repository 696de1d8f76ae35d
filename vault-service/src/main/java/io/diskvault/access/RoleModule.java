package io.diskvault.access;

import io.diskvault.access.RoleEvent.RoleAssigned;
import io.diskvault.access.RoleEvent.RoleRevoked;
import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Role assignments, wired.
@Singleton
final class RoleModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "role.assigned", RoleAssigned.class,
                "role.revoked", RoleRevoked.class,
                "role.snapshot", RoleAssignment.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, RoleAssignment.class);
    }
}
