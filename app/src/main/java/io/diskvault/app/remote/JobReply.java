package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/// Shows how a job ended. A job that failed makes the command fail that waited for it.
final class JobReply {
    private final Terminal terminal;
    private final ServerOptions options;

    JobReply(Terminal terminal, ServerOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    int ended(JsonNode job, String success) throws CommandFailed {
        job.path("warnings").forEach(warning -> terminal.note("Warning: " + warning.asText()));
        Optional<CommandFailed> failure = JobWatch.failure(job);
        if (failure.isEmpty()) return new Reply(terminal, options).sentence(job, success);
        if (!options.json()) throw failure.get();
        // The job itself is the one object that a script reads: it holds the error and everything else.
        terminal.print(job);
        return ExitCode.SOFTWARE;
    }
}
