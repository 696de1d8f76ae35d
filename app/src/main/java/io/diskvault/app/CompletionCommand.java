package io.diskvault.app;

import io.diskvault.app.console.Terminal;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A script that completes commands and options when Tab is pressed.
@Command(
        name = "completion",
        description = {
            "Prints a script that lets Tab complete commands and options.",
            "For now and always: source <(diskvault completion bash) in ~/.bashrc, or the same with zsh in ~/.zshrc."
        })
final class CompletionCommand implements Callable<Integer> {
    /// Both read the same script, which finds out who reads it.
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Terminal terminal;
    private final Supplier<CommandLine> everything;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", completionCandidates = Shells.class)
    private String shell = "";

    CompletionCommand(Terminal terminal, Supplier<CommandLine> everything) {
        this.terminal = terminal;
        this.everything = everything;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no completion for '" + shell + "', only for " + String.join(", ", SHELLS) + ".");
        }
        terminal.out().print(AutoComplete.bash("diskvault", everything.get()));
        terminal.out().flush();
        return ExitCode.OK;
    }

    /// What Tab offers for the shell itself.
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }
}
