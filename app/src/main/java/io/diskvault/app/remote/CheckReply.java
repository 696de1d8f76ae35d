package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ExitCode;

/// Shows what stands against something that could be asked for. Something that does makes the command fail.
final class CheckReply {
    private final Terminal terminal;
    private final ServerOptions options;

    CheckReply(Terminal terminal, ServerOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    int shown(JsonNode outcome, String valid) {
        boolean passed = outcome.path("valid").asBoolean();
        new Reply(terminal, options).sentence(outcome, passed ? valid : problems(outcome, "problems"));
        if (!options.json() && !outcome.path("warnings").isEmpty()) terminal.note(problems(outcome, "warnings"));
        return passed ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String problems(JsonNode outcome, String member) {
        return StreamSupport.stream(outcome.path(member).spliterator(), false)
                .map(problem -> "%s [%s]\n  %s"
                        .formatted(
                                Json.text(problem, "detail"),
                                Json.text(problem, "code"),
                                Json.text(problem, "recommendedAction")))
                .collect(Collectors.joining("\n"));
    }
}
