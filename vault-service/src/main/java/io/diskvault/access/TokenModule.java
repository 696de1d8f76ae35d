package io.diskvault.access;

import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// API tokens, wired.
@Singleton
final class TokenModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "token.issued", TokenIssued.class,
                "token.revoked", TokenRevoked.class,
                "token.snapshot", ApiToken.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, ApiToken.class);
    }
}
