package io.diskvault.critical;

import io.diskvault.command.FeatureModule;
import io.diskvault.guard.Approvals;
import io.diskvault.guard.Approvers;
import io.diskvault.guard.GuardSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.lifecycle.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the gate before every command.
@Singleton
final class CriticalModule implements FeatureModule {
    private static final Logger LOG = LoggerFactory.getLogger(CriticalModule.class);

    private final Approvals approvals;
    private final Approvers approvers;
    private final GuardSettings settings;
    private final Clock clock;

    CriticalModule(Approvals approvals, Approvers approvers, GuardSettings settings, Clock clock) {
        this.approvals = approvals;
        this.approvers = approvers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        if (!settings.enforced()) {
            LOG.warn("resource guards are not asked: diskvault.guard.enforced is false");
        }
        // After the interceptor that hands the caller on, so that a used approval says who used it.
        configurer.onInitialize(
                configuration -> configuration.onStart(Phase.EXTERNAL_CONNECTIONS + 1, () -> guard(configuration)));
    }

    @SuppressWarnings("resource") // the registration lives as long as the bus
    private void guard(Configuration configuration) {
        configuration
                .commandBus()
                .registerHandlerInterceptor(
                        new Gate(configuration.commandGateway(), approvals, approvers, settings, clock));
    }
}
