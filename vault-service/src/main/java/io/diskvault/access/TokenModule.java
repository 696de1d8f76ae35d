package io.diskvault.access;

import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.access.view.TokenView;
import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// API tokens, wired.
@Singleton
final class TokenModule implements FeatureModule {
    private final TokenView view;

    TokenModule(TokenView view) {
        this.view = view;
    }

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
        configurer.eventProcessing(processing -> processing.registerEventHandler(configuration -> view));
    }
}
