package io.diskvault.platform;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.jspecify.annotations.Nullable;

/// Takes back what an event handler wrote before it failed. Its event becomes a dead letter in the same transaction;
/// without this, half a change would be committed with the letter, and on PostgreSQL, where a failed statement makes
/// the whole transaction unusable, the letter could not be written and the processor would be stuck for good.
/// In a replay a batch is taken back as a whole; see [Replays].
final class HandlerSavepoints implements HandlerEnhancerDefinition {
    private final ConnectionProvider connections;
    private final Replays replays;

    HandlerSavepoints(ConnectionProvider connections, Replays replays) {
        this.connections = connections;
        this.replays = replays;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        // Handlers that rebuild an aggregate carry another annotation, and write nothing.
        boolean reactsToEvents = original.unwrap(Method.class)
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .isPresent();
        return reactsToEvents ? new Guarded<>(original, connections, replays) : original;
    }

    private static final class Guarded<T> extends WrappedMessageHandlingMember<T> {
        private final ConnectionProvider connections;
        private final Replays replays;

        Guarded(MessageHandlingMember<T> original, ConnectionProvider connections, Replays replays) {
            super(original);
            this.connections = connections;
            this.replays = replays;
        }

        @Override
        public @Nullable Object handle(Message<?> message, @Nullable T target) throws Exception {
            return replays.buffering() ? handleInReplay(message, target) : handleAlone(message, target);
        }

        private @Nullable Object handleInReplay(Message<?> message, @Nullable T target) throws Exception {
            try {
                return super.handle(message, target);
            } catch (Exception failure) {
                replays.broken(failure);
                throw failure;
            }
        }

        private @Nullable Object handleAlone(Message<?> message, @Nullable T target) throws Exception {
            try (Connection connection = connections.getConnection()) {
                if (connection.getAutoCommit()) {
                    return super.handle(message, target); // nothing to go back to
                }
                Savepoint before = connection.setSavepoint();
                try {
                    Object result = super.handle(message, target);
                    connection.releaseSavepoint(before);
                    return result;
                } catch (Exception failure) {
                    rollBack(connection, before, failure);
                    throw failure;
                }
            }
        }

        private static void rollBack(Connection connection, Savepoint before, Exception failure) {
            try {
                connection.rollback(before);
            } catch (SQLException broken) {
                failure.addSuppressed(broken);
            }
        }
    }
}
