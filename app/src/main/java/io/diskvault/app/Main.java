package io.diskvault.app;

import io.diskvault.app.console.Failures;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.datastore.DatastoreCommands;
import io.diskvault.app.quickstart.QuickstartCommand;
import io.diskvault.app.remote.BackupCommand;
import io.diskvault.app.remote.DiskCommands;
import io.diskvault.app.remote.GroupCommands;
import io.diskvault.app.remote.InstanceCommands;
import io.diskvault.app.remote.JobCommands;
import io.diskvault.app.remote.PointCommands;
import io.diskvault.app.remote.PolicyCommands;
import io.diskvault.app.remote.RestoreCommand;
import io.diskvault.app.remote.TokenCommands;
import io.diskvault.app.remote.VaultCommands;
import io.diskvault.app.server.ServeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/// The program `diskvault`.
@Command(
        name = "diskvault",
        description = "Backs up disk images and block devices, incrementally and on a schedule, and gives them back.",
        version = "diskvault 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class)
public final class Main {
    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    /// The whole tree of commands. Exit statuses: 0 done, 1 failed, 2 wrong usage.
    public static CommandLine commandLine(Terminal terminal) {
        CommandLine main = new CommandLine(new Main())
                .addSubcommand(new QuickstartCommand(terminal))
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new VaultCommands(terminal))
                .addSubcommand(new PolicyCommands(terminal))
                .addSubcommand(new GroupCommands(terminal))
                .addSubcommand(new DiskCommands(terminal))
                .addSubcommand(new InstanceCommands(terminal))
                .addSubcommand(new BackupCommand(terminal))
                .addSubcommand(new PointCommands(terminal))
                .addSubcommand(new RestoreCommand(terminal))
                .addSubcommand(new JobCommands(terminal))
                .addSubcommand(new TokenCommands(terminal))
                .addSubcommand(DatastoreCommands.commandLine(terminal));
        main.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
                .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
                .setExecutionExceptionHandler(new Failures(terminal))
                .setAbbreviatedSubcommandsAllowed(false);
        main.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build());
        withHelp(main);
        return main;
    }

    /// `--help` everywhere, without repeating it in each command. Not picocli's own mixin: it has to stand before the
    /// parameters of a method, and these commands are methods.
    private static void withHelp(CommandLine command) {
        if (command.getCommandName().equals("help")) return;
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(Main::withHelp);
    }
}
