package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.files.PointFiles;
import io.diskvault.files.ReaderProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Of which recovery point files are read, and with what.
public final class FilesOptions {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The disk's name.")
    private String name = "";

    @Option(names = "--point", required = true, paramLabel = "ID", description = "The recovery point, or latest.")
    private String id = "";

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The Python interpreter that has pytsk3, if it is at no usual place.")
    private Optional<Path> python = Optional.empty();

    /// What a command does with the files.
    @FunctionalInterface
    interface Work {
        int run(PointFiles files) throws CommandFailed, IOException, DatastoreException;
    }

    String name() {
        return name;
    }

    int with(Terminal terminal, DatastoreOptions options, Work work)
            throws CommandFailed, IOException, DatastoreException {
        try (Datastore datastore = options.open(terminal);
                PointDisk disk = datastore.openPoint(PointChoice.find(terminal, datastore, name, id));
                PointFiles files = PointFiles.of(new ReaderProgram(python), disk, PATIENCE)) {
            return work.run(files);
        } catch (CommandRejected refused) {
            throw new CommandFailed(
                    refused.rejection().code(),
                    String.valueOf(refused.getMessage()),
                    refused.rejection().recommendedAction());
        }
    }
}
