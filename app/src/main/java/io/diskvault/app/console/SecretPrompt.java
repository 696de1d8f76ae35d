package io.diskvault.app.console;

import java.io.Console;
import java.util.Optional;

/// Asks a person for something; what is typed is not shown, unless it may be.
@FunctionalInterface
public interface SecretPrompt {

    /// @param question shown before, as it is
    /// @return what was typed; empty when there is no terminal to ask on
    Optional<char[]> ask(String question);

    /// The same for what may be seen while it is typed.
    default Optional<String> askOpenly(String question) {
        return ask(question).map(String::new);
    }

    /// Asks on the terminal of this process. There is none when standard input or output is redirected.
    static SecretPrompt ofProcess() {
        return new SecretPrompt() {
            @Override
            public Optional<char[]> ask(String question) {
                return console().map(console -> console.readPassword("%s", question));
            }

            @Override
            public Optional<String> askOpenly(String question) {
                return console().map(console -> console.readLine("%s", question));
            }

            // Whether there is none or one that is no terminal depends on the virtual machine's settings.
            @SuppressWarnings("SystemConsoleNull")
            private Optional<Console> console() {
                return Optional.ofNullable(System.console()).filter(Console::isTerminal);
            }
        };
    }
}
