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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What opens the datastore: exactly one of a key file, a file with a passphrase, a passphrase that is asked for, or
/// one in the environment.
final class KeyOptions {
    private static final String VARIABLE = "DISKVAULT_PASSPHRASE";
    private static final WaysToOpen WAYS = new WaysToOpen("", VARIABLE);
    private static final String OTHER_WAYS = "Use --passphrase-file, or set " + VARIABLE + ".";

    @Option(names = "--key-file", paramLabel = "FILE", description = "The file with a key of the datastore.")
    private @Nullable Path keyFile;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file with nothing but the passphrase in it; a pipe will do.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--passphrase",
            description = "Ask for the passphrase. A variable " + VARIABLE + " is taken when no option is given.")
    private boolean ask;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Optional<Path> keyFile() {
        return Optional.ofNullable(keyFile);
    }

    /// The key of a datastore that is there.
    DatastoreKey key(Terminal terminal) throws CommandFailed, IOException, DatastoreException {
        requireOne(terminal);
        if (keyFile != null) {
            return read(keyFile);
        }
        if (passphraseFile != null) {
            return Passphrase.read(passphraseFile);
        }
        return ask
                ? Passphrases.ask(terminal, "Passphrase: ", OTHER_WAYS)
                : Passphrases.passphrase(WAYS.passphrase(terminal).toCharArray());
    }

    /// The key of a datastore that is about to be made. A key file is made where there is none.
    DatastoreKey newKey(Terminal terminal) throws CommandFailed, IOException, DatastoreException {
        requireOne(terminal);
        if (keyFile != null && Files.notExists(keyFile)) {
            return KeyFile.create(keyFile);
        }
        return ask ? checked(Passphrases.askTwice(terminal, "New passphrase: ", OTHER_WAYS)) : checked(key(terminal));
    }

    static DatastoreKey checked(DatastoreKey key) throws CommandFailed {
        try {
            if (key instanceof Passphrase passphrase) passphrase.requireLongEnough();
        } catch (IllegalArgumentException tooShort) {
            throw Passphrases.refused(tooShort);
        }
        return key;
    }

    /// Before anything is looked for: wrong usage is wrong wherever it happens.
    void requireOne(Terminal terminal) {
        WAYS.requireOne(keyFile, passphraseFile, ask, terminal, command);
    }

    private static KeyFile read(Path file) throws CommandFailed, IOException, DatastoreException {
        if (Files.notExists(file)) {
            throw new CommandFailed(
                    "KeyFileMissing",
                    "There is no key file " + file + ".",
                    "Give the one that was made with the datastore, or a copy of it, or another key or passphrase that"
                            + " was added to it. There is no other way in.");
        }
        return KeyFile.read(file);
    }
}
