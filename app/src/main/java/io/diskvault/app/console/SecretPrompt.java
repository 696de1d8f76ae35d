package io.diskvault.app.console;

import java.io.Console;
import java.util.Optional;

/// Asks a person for something that is not shown while it is typed.
@FunctionalInterface
public interface SecretPrompt {

    /// @param question shown before, as it is
    /// @return what was typed; empty when there is no terminal to ask on
    Optional<char[]> ask(String question);

    /// Asks on the terminal of this process. There is none when standard input or output is redirected.
    // Whether there is none or one that is no terminal depends on the virtual machine's settings.
    @SuppressWarnings("SystemConsoleNull")
    static SecretPrompt ofProcess() {
        return question -> {
            Console console = System.console();
            return console == null || !console.isTerminal()
                    ? Optional.empty()
                    : Optional.ofNullable(console.readPassword("%s", question));
        };
    }
}
