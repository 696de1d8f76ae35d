package io.diskvault.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.Callable;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.jspecify.annotations.Nullable;

/// Takes back what an event handler wrote before it failed. Its event becomes a dead letter in the same transaction;
/// without this, half a change would be committed with the letter, and on PostgreSQL, where a failed statement makes
/// the whole transaction unusable, the letter could not be written and the processor would be stuck for good.
@Singleton
final class Savepoints {
    private final ConnectionProvider connections;

    Savepoints(ConnectionProvider connections) {
        this.connections = connections;
    }

    /// If the work fails, the open transaction, if there is one, is as it was before, and usable.
    <R extends @Nullable Object> R allOrNothing(Callable<R> work) throws Exception {
        try (Connection connection = connections.getConnection()) {
            if (connection.getAutoCommit()) {
                return work.call(); // nothing to go back to
            }
            Savepoint before = connection.setSavepoint();
            try {
                R result = work.call();
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
