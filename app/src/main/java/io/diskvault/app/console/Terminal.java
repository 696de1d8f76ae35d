package io.diskvault.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/// Where a command reads its surroundings and writes its results.
///
/// @param out results only, so that a script can read them
/// @param err progress, advice and errors
/// @param interactive whether a person watches `err`, so that a line may be drawn over again
/// @param environment the variables of the process
/// @param screen whether a person watches `out`, so that what stands there may be drawn over again
/// @param secretPrompt asks for passphrases
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean interactive,
        boolean screen,
        Map<String, String> environment,
        SecretPrompt secretPrompt) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /// One where nobody can be asked.
    public Terminal(PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
        this(out, err, interactive, false, environment, _ -> Optional.empty());
    }

    /// The process's own streams. The start script says which of them are terminals: Java can only tell whether
    /// standard input and output both are.
    public static Terminal ofProcess() {
        return new Terminal(
                System.out,
                System.err,
                Boolean.getBoolean("diskvault.terminal"),
                Boolean.getBoolean("diskvault.screen"),
                System.getenv(),
                SecretPrompt.ofProcess());
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// One line for people.
    public void say(String line) {
        out.println(line);
    }

    /// One line beside the result.
    public void note(String line) {
        err.println(line);
    }

    /// One machine-readable object.
    public void print(JsonNode json) {
        out.println(json);
        out.flush();
    }
}
