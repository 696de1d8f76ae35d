package io.diskvault.web.past;

import io.diskvault.platform.AsOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/// A database in a directory of its own, with the tables that the server's has; gone when it is closed. In files and
/// not in memory: the rows of a large installation would fill it.
final class PastTables implements AsOf.Tables, AutoCloseable {
    private static final String USER = "past";
    private static final String PASSWORD = "";

    private final Path directory;
    private final String url;

    /// Without one connection that stays, the database would be closed and opened for each query.
    private final Connection stays;

    /// @param above where its directory is made
    PastTables(Path above) throws IOException, SQLException {
        directory = Files.createDirectories(
                above.toAbsolutePath().resolve(UUID.randomUUID().toString()));
        url = "jdbc:h2:async:" + directory.resolve("tables")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE";
        stays = open();
        Flyway.configure().dataSource(url, USER, PASSWORD).load().migrate();
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    @Override
    public void close() {
        try (Statement end = stays.createStatement()) {
            end.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException _) {
            // It is closed; its files go in any case.
        }
        delete(directory);
    }

    /// Deletes a directory with all that is in it, if it is there.
    static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException _) {
            // There is nothing to delete.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
