package io.diskvault.app.datastore;

import io.diskvault.app.console.Terminal;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The ways in which a command can be given a key or passphrase, of which it wants exactly one.
///
/// @param prefix what the names of the options begin with
/// @param variable the environment's variable that is taken when no option is given
record WaysToOpen(String prefix, String variable) {

    /// Before anything is looked for or asked: wrong usage is wrong wherever it happens.
    ///
    /// @param command the one that is wrong then
    void requireOne(
            @Nullable Path keyFile,
            @Nullable Path passphraseFile,
            boolean ask,
            Terminal terminal,
            CommandSpec command) {
        long given = Stream.of(keyFile != null, passphraseFile != null, ask)
                .filter(is -> is)
                .count();
        String keyFileOption = "--" + prefix + "key-file";
        String passphraseOption = "--" + prefix + "passphrase";
        if (given > 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "Give only one of " + keyFileOption + ", " + passphraseOption + "-file and " + passphraseOption
                            + ".");
        }
        if (given == 0 && passphrase(terminal).isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Give " + keyFileOption + ", " + passphraseOption + "-file or " + passphraseOption + ", or set "
                            + variable + ".");
        }
    }

    /// The passphrase in the environment; empty when there is none.
    String passphrase(Terminal terminal) {
        return terminal.variable(variable).orElse("");
    }
}
