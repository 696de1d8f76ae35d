package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.DatastoreKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every command takes that opens a datastore.
public final class DatastoreOptions {
    @Mixin
    private DirectoryOptions directory = new DirectoryOptions();

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    boolean json() {
        return directory.json();
    }

    Path directory() {
        return directory.path();
    }

    Optional<Path> keyFile() {
        return key.keyFile();
    }

    ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    Datastore open(Terminal terminal) throws CommandFailed, IOException, DatastoreException {
        key.requireOne(terminal);
        Path existing = directory.existing();
        return Datastore.open(existing, key.key(terminal));
    }

    DatastoreKey newKey(Terminal terminal) throws CommandFailed, IOException, DatastoreException {
        return key.newKey(terminal);
    }
}
