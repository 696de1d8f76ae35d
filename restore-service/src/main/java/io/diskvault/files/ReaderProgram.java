package io.diskvault.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.files.ReaderProcess.Disk;
import io.diskvault.files.ReaderProcess.Message;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds an interpreter that can run readers, and starts them. Thread-safe.
public final class ReaderProgram {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The distribution's own has the distribution's package, whatever stands before it in the path.
    private static final Path USUAL = Path.of("/usr/bin/python3");

    private final Optional<Path> only;
    private volatile @Nullable Path found;

    /// @param python the interpreter to use; empty looks at the usual places
    public ReaderProgram(Optional<Path> python) {
        this.only = python;
    }

    /// @throws CommandRejected if no interpreter has what it takes
    ReaderProcess start(Disk disk, Duration patience) throws IOException, DatastoreException {
        Path known = found;
        List<String> reasons = new ArrayList<>();
        for (Path python : known == null ? candidates() : Set.of(known)) {
            Optional<ReaderProcess> reader = start(python, disk, patience, reasons);
            if (reader.isPresent()) {
                found = python;
                return reader.get();
            }
        }
        found = null;
        throw new CommandRejected(
                FilesRejection.READER_MISSING,
                "Files of recovery points are read with Python 3 and its package pytsk3, which was not found: %s."
                        .formatted(reasons.isEmpty() ? "there is no python3" : String.join("; ", reasons)));
    }

    private static Optional<ReaderProcess> start(Path python, Disk disk, Duration patience, List<String> reasons)
            throws IOException, DatastoreException {
        ReaderProcess reader;
        try {
            reader = ReaderProcess.start(python, disk, patience);
        } catch (IOException absent) {
            reasons.add("%s cannot be run".formatted(python));
            return Optional.empty();
        }
        try {
            Message hello =
                    reader.ask(JSON.writeValueAsBytes(Map.of("size", disk.size(), "seconds", patience.toSeconds())));
            if (hello.kind() == Message.JSON) {
                return Optional.of(reader);
            }
            reasons.add("%s has no pytsk3".formatted(python));
        } catch (CommandRejected broken) {
            reasons.add("%s runs no readers".formatted(python));
        }
        reader.close();
        return Optional.empty();
    }

    private Set<Path> candidates() {
        if (only.isPresent()) {
            return Set.of(only.get());
        }
        Set<Path> candidates = new LinkedHashSet<>();
        Stream<Path> inPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "python3"));
        Stream.concat(Stream.of(USUAL), inPath).filter(Files::isExecutable).forEach(candidates::add);
        return candidates;
    }
}
