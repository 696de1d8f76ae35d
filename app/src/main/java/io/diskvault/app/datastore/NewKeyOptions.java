package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.DatastoreKey;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What is to open the datastore from now on, and what to call it.
final class NewKeyOptions {
    private static final String VARIABLE = "DISKVAULT_NEW_PASSPHRASE";
    private static final WaysToOpen WAYS = new WaysToOpen("new-", VARIABLE);
    private static final String OTHER_WAYS = "Use --new-passphrase-file, or set " + VARIABLE + ".";

    @Option(
            names = "--new-key-file",
            paramLabel = "FILE",
            description = "A key file that is to open the datastore; made if there is none.")
    private @Nullable Path keyFile;

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "FILE",
            description = "A file with the passphrase that is to open the datastore.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--new-passphrase",
            description = "Ask for the passphrase that is to open the datastore. A variable " + VARIABLE
                    + " is taken when no option is given.")
    private boolean ask;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What to call it, for example who has it.")
    private String label = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String label() {
        return label;
    }

    /// Before anybody is asked for anything.
    void requireOne(Terminal terminal) {
        WAYS.requireOne(keyFile, passphraseFile, ask, terminal, command);
    }

    DatastoreKey key(Terminal terminal) throws CommandFailed, IOException, DatastoreException {
        if (keyFile != null) {
            return Files.exists(keyFile) ? KeyFile.read(keyFile) : KeyFile.create(keyFile);
        }
        if (passphraseFile != null) {
            return KeyOptions.checked(Passphrase.read(passphraseFile));
        }
        return KeyOptions.checked(
                ask
                        ? Passphrases.askTwice(terminal, "New passphrase: ", OTHER_WAYS)
                        : Passphrases.passphrase(WAYS.passphrase(terminal).toCharArray()));
    }

    ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
