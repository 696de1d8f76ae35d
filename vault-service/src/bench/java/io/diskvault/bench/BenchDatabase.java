package io.diskvault.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The databases that are measured: durable, and else as they come.
enum BenchDatabase {
    H2 {
        @Override
        Map<String, Object> settings(Path directory) {
            return Map.of("diskvault.data", directory.toString());
        }

        @Override
        String analyze() {
            return "ANALYZE";
        }
    },
    POSTGRESQL {
        @Override
        @SuppressWarnings("resource") // it ends with the process
        Map<String, Object> settings(Path directory) throws IOException {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setCleanDataDirectory(false)
                    .setDataDirectory(Files.createDirectories(directory.resolve("postgresql")))
                    .start();
            return Map.of(
                    "diskvault.data",
                    directory.toString(),
                    "diskvault.database.url",
                    server.getJdbcUrl("postgres", "postgres"),
                    "diskvault.database.username",
                    "postgres");
        }

        @Override
        String analyze() {
            return "VACUUM ANALYZE";
        }
    };

    /// Settings that point a server at the database in a directory, which is made if it is not there.
    abstract Map<String, Object> settings(Path directory) throws IOException;

    /// What the database does by itself sooner or later.
    abstract String analyze();
}
