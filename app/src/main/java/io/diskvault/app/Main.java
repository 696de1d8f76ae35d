package io.diskvault.app;

import io.diskvault.app.audit.AuditCheckCommand;
import io.diskvault.app.console.Failures;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.datastore.DatastoreCommands;
import io.diskvault.app.quickstart.QuickstartCommand;
import io.diskvault.app.remote.AlertCommands;
import io.diskvault.app.remote.ApprovalCommands;
import io.diskvault.app.remote.AuditCommands;
import io.diskvault.app.remote.BackupCommand;
import io.diskvault.app.remote.DiskCommands;
import io.diskvault.app.remote.GroupCommands;
import io.diskvault.app.remote.GuardCommands;
import io.diskvault.app.remote.InstanceCommands;
import io.diskvault.app.remote.JobCommands;
import io.diskvault.app.remote.OverviewCommand;
import io.diskvault.app.remote.PointCommands;
import io.diskvault.app.remote.PolicyCommands;
import io.diskvault.app.remote.RestoreCommand;
import io.diskvault.app.remote.RoleCommands;
import io.diskvault.app.remote.TokenCommands;
import io.diskvault.app.remote.VaultCommands;
import io.diskvault.app.server.ServeCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
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
    private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess(), arguments).execute(arguments));
    }

    private static Map<String, Function<Terminal, Object>> commands() {
        Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("quickstart", QuickstartCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("overview", OverviewCommand::new);
        commands.put("vault", VaultCommands::commandLine);
        commands.put("policy", PolicyCommands::new);
        commands.put("group", GroupCommands::new);
        commands.put("disk", DiskCommands::new);
        commands.put("instance", InstanceCommands::commandLine);
        commands.put("backup", BackupCommand::new);
        commands.put("point", PointCommands::commandLine);
        commands.put("restore", RestoreCommand::new);
        commands.put("job", JobCommands::new);
        commands.put("alert", AlertCommands::new);
        commands.put("token", TokenCommands::new);
        commands.put("role", RoleCommands::new);
        commands.put("guard", GuardCommands::new);
        commands.put("approval", ApprovalCommands::new);
        commands.put(
                "audit",
                terminal ->
                        new CommandLine(new AuditCommands(terminal)).addSubcommand(new AuditCheckCommand(terminal)));
        commands.put("datastore", DatastoreCommands::commandLine);
        commands.put("completion", terminal -> new CompletionCommand(terminal, () -> commandLine(terminal)));
        return commands;
    }

    /// What understands these arguments: the one command that they name, since reading the description of all of them
    /// takes as long as many a command, or the whole tree. Exit statuses: 0 done, 1 failed, 2 wrong usage.
    public static CommandLine commandLine(Terminal terminal, String... arguments) {
        CommandLine main = new CommandLine(new Main());
        if (arguments.length > 0 && COMMANDS.containsKey(arguments[0])) {
            main.addSubcommand(arguments[0], COMMANDS.get(arguments[0]).apply(terminal));
        } else {
            COMMANDS.forEach((name, command) -> main.addSubcommand(name, command.apply(terminal)));
        }
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
