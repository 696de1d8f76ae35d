package io.diskvault.app.server;

import io.diskvault.app.console.CommandFailed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How the log is written: in lines for people, or in lines of JSON for what collects logs.
enum LogFormat {
    TEXT,
    JSON;

    static final String VARIABLE = "DISKVAULT_LOG_FORMAT";

    /// What was asked for; text, if nothing or nothing sensible. The log must work to say what is wrong.
    static LogFormat chosen() {
        return asked().flatMap(LogFormat::of).orElse(TEXT);
    }

    /// @throws CommandFailed if something else was asked for than there is
    static void check() throws CommandFailed {
        Optional<String> asked = asked();
        if (asked.isPresent() && of(asked.get()).isEmpty()) {
            throw new CommandFailed(
                    "SettingInvalid",
                    VARIABLE + " is '" + asked.get() + "'; the log is written as 'text' or as 'json'.",
                    "Set it to one of the two, or leave it out for text.");
        }
    }

    private static Optional<String> asked() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank());
    }

    static Optional<LogFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
