package io.diskvault.platform;

import java.lang.reflect.Method;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.jspecify.annotations.Nullable;

/// Every event handler beside the [Projections] writes all or nothing; see [Savepoints].
final class HandlerSavepoints implements HandlerEnhancerDefinition {
    private final Savepoints savepoints;

    HandlerSavepoints(Savepoints savepoints) {
        this.savepoints = savepoints;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        // Handlers that rebuild an aggregate carry another annotation, and write nothing.
        boolean reactsToEvents = original.unwrap(Method.class)
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .isPresent();
        return reactsToEvents ? new Guarded<>(original, savepoints) : original;
    }

    private static final class Guarded<T> extends WrappedMessageHandlingMember<T> {
        private final Savepoints savepoints;

        Guarded(MessageHandlingMember<T> original, Savepoints savepoints) {
            super(original);
            this.savepoints = savepoints;
        }

        @Override
        public @Nullable Object handle(Message<?> message, @Nullable T target) throws Exception {
            return savepoints.<@Nullable Object>allOrNothing(() -> super.handle(message, target));
        }
    }
}
