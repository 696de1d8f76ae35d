package io.diskvault.resourcegroup;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Checks the directories that callers name for a resource group.
@Singleton
public class GroupDirectories {
    private final AllowedRoots allowed;
    private final DatastoreDirectories datastores;

    GroupDirectories(AllowedRoots allowed, DatastoreDirectories datastores) {
        this.allowed = allowed;
        this.datastores = datastores;
    }

    /// @param given what the caller named as `disksRoot`
    /// @return the real path of that directory; it exists, and the server may use it
    public Path disksRoot(String given) {
        Path directory = locate("disksRoot", given, allowed::allowDisksIn);
        if (!Files.isDirectory(directory)) {
            throw refused("disksRoot is %s, which is no directory.".formatted(Quoted.of(given)));
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw refused("disksRoot is %s, which the server may not read.".formatted(Quoted.of(given)));
        }
        return directory;
    }

    /// @param given what the caller named as `datastore`
    /// @return the real path of that directory; it need not exist yet, but the server may use it
    public Path datastore(String given) {
        return locate("datastore", given, allowed::allowDatastoreIn);
    }

    /// Creates the directory if it is not there and makes a datastore of it.
    ///
    /// @param directory what [#datastore] returned
    public void prepareDatastore(Path directory) {
        try {
            Files.createDirectories(directory);
            // Somebody may have put a link there since it was checked.
            if (!directory.toRealPath().equals(directory)) {
                throw refused("datastore is %s, which was changed meanwhile.".formatted(directory));
            }
        } catch (IOException failure) {
            throw refused("datastore is %s, which cannot be made a directory: %s.".formatted(directory, failure));
        }
        datastores.prepare(directory);
    }

    private Path locate(String field, String given, Predicate<Path> isAllowed) {
        try {
            Path path = Path.of(given);
            if (!path.isAbsolute()) {
                throw refused("%s is %s; an absolute path is needed.".formatted(field, Quoted.of(given)));
            }
            Path real = RealPath.of(path);
            if (isAllowed.test(real)) {
                return real;
            }
        } catch (InvalidPathException | IOException _) {
            // Answered like a directory that is not allowed, so that nobody can look around this way.
        }
        throw refused("%s is %s; only directories inside %s are allowed, and no links that lead out of there."
                .formatted(field, Quoted.of(given), places()));
    }

    private String places() {
        return allowed.allowedRoots().isEmpty()
                ? "diskvault.allowed-roots, which is empty,"
                : allowed.allowedRoots().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static CommandRejected refused(String message) {
        return new CommandRejected(ResourceGroupRejection.DIRECTORY_REFUSED, message);
    }
}
