package io.diskvault.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/// The two databases that the control plane runs on. Tests whose SQL is plain run on one of them only.
///
/// Every call of [#fresh] gives an empty one: a copy of one that has the tables already, because running all
/// migrations is a third of what it takes to start a server. A directory that has an H2 database already keeps it.
public enum TestDatabase {
    H2 {
        @Override
        public Map<String, Object> fresh(Path directory) {
            Path file = directory.resolve(EmptyFile.FILE);
            try {
                Files.createDirectories(directory.resolve("db"));
                if (!Files.exists(file)) {
                    Files.copy(EmptyFile.DIRECTORY.resolve(EmptyFile.FILE), file);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return Map.of("diskvault.data", directory.toString());
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, Object> fresh(Path directory) {
            String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
            try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + Server.EMPTY);
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

    private static void migrate(String url, String username) {
        Flyway.configure().dataSource(url, username, "").load().migrate();
    }

    /// One H2 database with tables for all tests of this process.
    private static final class EmptyFile {
        static final Path FILE = Path.of("db", "diskvault.mv.db");
        static final Path DIRECTORY = create();

        private static Path create() {
            try {
                Path directory = Files.createTempDirectory("empty-database");
                migrate(
                        "jdbc:h2:async:" + directory.resolve("db", "diskvault")
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "diskvault");
                Stream.of(directory, directory.resolve("db"), directory.resolve(FILE))
                        .forEach(path -> path.toFile().deleteOnExit());
                return directory;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// One PostgreSQL for all tests of this process; it ends with the process.
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();
        static final String EMPTY = "empty";

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + EMPTY);
                }
                migrate(server.getJdbcUrl("postgres", EMPTY), "postgres");
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
