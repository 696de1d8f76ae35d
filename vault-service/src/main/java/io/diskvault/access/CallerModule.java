package io.diskvault.access;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;

/// Writes the caller down with every event: each command carries it, and hands it on to its events, to the commands
/// that it sends, and to whatever is sent in reaction to those events.
@Singleton
final class CallerModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.configureCorrelationDataProviders(configuration -> List.of(
                new MessageOriginProvider(), new SimpleCorrelationDataProvider(Caller.NAMES.toArray(String[]::new))));
        // Before the event processors start: they send commands, too.
        configurer.onInitialize(
                configuration -> configuration.onStart(Phase.EXTERNAL_CONNECTIONS, () -> nameCallers(configuration)));
    }

    @SuppressWarnings("resource") // the registrations live as long as the bus
    private static void nameCallers(Configuration configuration) {
        CommandBus bus = configuration.commandBus();
        bus.registerDispatchInterceptor(commands -> (index, command) -> withCaller(command));
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
    }

    private static CommandMessage<?> withCaller(CommandMessage<?> command) {
        // What an event's handler sends is caused by whoever caused the event.
        return command.getMetaData().containsKey(Caller.PRINCIPAL)
                ? command
                : command.andMetaData(Callers.current().metadata());
    }
}
