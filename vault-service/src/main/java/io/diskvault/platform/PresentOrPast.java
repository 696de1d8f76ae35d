package io.diskvault.platform;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Gives requests about the past connections to the tables of the past. It comes before the framework's own wrapping
/// of the data source, by which connections are shared in a transaction.
@Singleton
final class PresentOrPast implements BeanCreatedEventListener<DataSource>, Ordered {
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        return new Switch(event.getBean());
    }

    private record Switch(DataSource present) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            Optional<AsOf> past = AsOf.current();
            return past.isPresent() ? past.get().tables().open() : present.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return present.getConnection(user, password);
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return present.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            present.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            present.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return present.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return type.isInstance(present) ? type.cast(present) : present.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return type.isInstance(present) || present.isWrapperFor(type);
        }
    }
}
