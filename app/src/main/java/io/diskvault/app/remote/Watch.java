package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;

/// Shows something again and again until the thread is interrupted, or the process ends.
///
/// A server that does not answer for a while ends nothing, once it has answered: who watches wants to see how it goes
/// on.
final class Watch {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private final Terminal terminal;
    private final boolean json;
    private final Duration every;
    private List<String> last = List.of();

    @FunctionalInterface
    interface Question {
        JsonNode ask() throws CommandFailed;
    }

    Watch(Terminal terminal, boolean json, Duration every) {
        this.terminal = terminal;
        this.json = json;
        this.every = every;
    }

    /// @param lines what people see of an answer; with `--json` an answer is printed when they differ
    int show(Question question, Function<JsonNode, List<String>> lines) throws CommandFailed {
        show(question.ask(), lines);
        while (true) {
            LockSupport.parkNanos(every.toNanos());
            if (Thread.currentThread().isInterrupted()) return ExitCode.OK;
            try {
                show(question.ask(), lines);
            } catch (CommandFailed away) {
                if (Thread.currentThread().isInterrupted()) return ExitCode.OK;
                terminal.note(away.message() + " Asking again.");
            }
        }
    }

    private void show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        List<String> now = lines.apply(answer);
        if (now.equals(last)) return;
        if (json) {
            terminal.print(answer);
        } else if (terminal.screen()) {
            terminal.out().print(HOME_AND_CLEAR);
            now.forEach(terminal::say);
        } else {
            Set<String> known = new HashSet<>(last);
            now.stream().filter(line -> !known.contains(line)).forEach(terminal::say);
        }
        terminal.out().flush();
        last = now;
    }
}
