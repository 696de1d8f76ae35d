package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.JsonOption;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What every command takes that works on a datastore.
final class DirectoryOptions {
    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "DIR", description = "The datastore's directory.")
    private Path directory = Path.of("");

    boolean json() {
        return json.asked();
    }

    /// The directory, whether it is there or not.
    Path path() {
        return directory;
    }

    Path existing() throws CommandFailed {
        if (!Files.isDirectory(directory)) {
            throw new CommandFailed(
                    "NotADatastore",
                    directory + " is no directory.",
                    "Make a datastore with: diskvault datastore init");
        }
        return directory;
    }
}
