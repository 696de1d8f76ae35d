package io.diskvault.export;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The files that take what is written to exports, beside the socket. They outlive a crash, and go when their export
/// has ended.
@Singleton
class ExportOverlays {
    private static final String ENDING = ".overlay";

    private final Path directory;

    ExportOverlays(@Value("${diskvault.data}") Path data) {
        this.directory = data.resolve("exports");
    }

    /// Makes the overlay of an export, in which nothing is written yet.
    void create(UUID export, PointDisk base) throws IOException, DatastoreException {
        PointOverlay.create(base, file(export)).close();
    }

    /// Goes on with what was written to an export.
    PointOverlay open(UUID export, PointDisk base) throws IOException, DatastoreException {
        return PointOverlay.open(base, file(export));
    }

    /// Removes what was written to an export that is not open.
    void remove(UUID export) throws IOException {
        Files.deleteIfExists(file(export));
    }

    /// The exports that have one here.
    List<UUID> all() throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> UUID.fromString(name.substring(0, name.length() - ENDING.length())))
                    .toList();
        }
    }

    private Path file(UUID export) {
        return directory.resolve(export + ENDING);
    }
}
