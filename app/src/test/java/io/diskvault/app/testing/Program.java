package io.diskvault.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.Main;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The command line inside this process, with its own streams and environment.
public final class Program {
    private final Map<String, String> environment = new HashMap<>();
    private final Queue<String> typed = new ArrayDeque<>();
    private boolean interactive;

    /// How a command ended and what it wrote.
    public record Run(int status, String out, String err) {
        public JsonNode json() {
            try {
                return Json.parse(out);
            } catch (JsonProcessingException notJson) {
                throw new AssertionError("not one JSON object: " + out, notJson);
            }
        }
    }

    public Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Program watchedByAPerson() {
        interactive = true;
        return this;
    }

    /// Somebody who types these lines, one for each time that they are asked.
    public Program typing(String... lines) {
        typed.addAll(List.of(lines));
        return this;
    }

    public Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                interactive,
                false,
                environment,
                _ -> {
                    String next = typed.poll();
                    return next == null ? Optional.empty() : Optional.of(next.toCharArray());
                });
        int status = Main.commandLine(terminal, arguments).execute(arguments);
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
