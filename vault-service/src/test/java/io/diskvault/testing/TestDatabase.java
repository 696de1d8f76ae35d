package io.diskvault.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/// The two databases that the control plane runs on. Every call of [#fresh] gives an empty one.
public enum TestDatabase {
    H2 {
        @Override
        public Map<String, Object> fresh(Path directory) {
            return Map.of("diskvault.data", directory.toString());
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, Object> fresh(Path directory) {
            String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
            try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
            return Map.of(
                    "diskvault.data",
                    directory.toString(),
                    "diskvault.database.url",
                    Server.INSTANCE.getJdbcUrl("postgres", name),
                    "diskvault.database.username",
                    "postgres",
                    "datasources.default.maximum-pool-size",
                    12);
        }
    };

    /// Settings that point a server at a new, empty database.
    ///
    /// @param directory the server's data directory
    public abstract Map<String, Object> fresh(Path directory);

    /// One PostgreSQL for all tests of this process; it ends with the process.
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
