package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.JsonOption;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What every command takes that works on a datastore.
public final class DatastoreOptions {
    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "DIR", description = "The datastore's directory.")
    private Path directory = Path.of("");

    @Option(
            names = "--key-file",
            required = true,
            paramLabel = "FILE",
            description = "The file with the datastore's key. Without it nothing can be restored.")
    private Path keyFile = Path.of("");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    boolean json() {
        return json.asked();
    }

    Path directory() {
        return directory;
    }

    Path keyFile() {
        return keyFile;
    }

    ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    Datastore open() throws CommandFailed, IOException, DatastoreException {
        if (!Files.isDirectory(directory)) {
            throw new CommandFailed(
                    "NotADatastore",
                    directory + " is no directory.",
                    "Make a datastore with: diskvault datastore init");
        }
        return Datastore.open(directory, key());
    }

    KeyFile key() throws CommandFailed, IOException, DatastoreException {
        if (Files.notExists(keyFile)) {
            throw new CommandFailed(
                    "KeyFileMissing",
                    "There is no key file " + keyFile + ".",
                    "Give the one that was made with the datastore, or a copy of it. There is no other way in.");
        }
        return KeyFile.read(keyFile);
    }
}
