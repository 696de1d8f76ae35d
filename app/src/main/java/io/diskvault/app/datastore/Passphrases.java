package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Passphrase;
import java.util.Arrays;

/// Asks for passphrases on the terminal.
final class Passphrases {
    private Passphrases() {}

    static Passphrase ask(Terminal terminal, String question, String otherWays) throws CommandFailed {
        return passphrase(typed(terminal, question, otherWays));
    }

    /// Asks twice: a slip of the finger would lock the datastore for ever.
    static Passphrase askTwice(Terminal terminal, String question, String otherWays) throws CommandFailed {
        char[] first = typed(terminal, question, otherWays);
        char[] second = typed(terminal, "Again: ", otherWays);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            throw new CommandFailed("PassphrasesDiffer", "These were two different passphrases. Nothing was changed.");
        }
        return passphrase(first);
    }

    private static char[] typed(Terminal terminal, String question, String otherWays) throws CommandFailed {
        return terminal.secretPrompt()
                .ask(question)
                .orElseThrow(() -> new CommandFailed(
                        "NoTerminal",
                        "There is no terminal to ask for the passphrase on: standard input or output is redirected.",
                        otherWays));
    }

    /// @param text is cleared
    static Passphrase passphrase(char[] text) throws CommandFailed {
        try {
            return Passphrase.of(text);
        } catch (IllegalArgumentException refused) {
            throw refused(refused);
        } finally {
            Arrays.fill(text, ' ');
        }
    }

    static CommandFailed refused(IllegalArgumentException refused) {
        return new CommandFailed("PassphraseRefused", String.valueOf(refused.getMessage()));
    }
}
