package io.diskvault.export;

import io.diskvault.export.ExportCommand.CloseExport;
import io.diskvault.export.ExportCommand.CreateExport;
import io.diskvault.export.ExportCommand.EndExport;
import io.diskvault.export.ExportCommand.Exported;
import io.diskvault.export.ExportCommand.KeepExport;
import io.diskvault.export.ExportCommand.OpenExport;
import io.diskvault.export.ExportCommand.StartKeeping;
import io.diskvault.instance.InstanceCommand.HoldForExport;
import io.diskvault.instance.InstanceCommand.ReleaseExported;
import io.diskvault.instance.InstanceCommand.RequestKeep;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// An export concerns two streams, its own and that of the instance that keeps the point meanwhile. They are written in
/// one transaction, the instance's first: so no point goes that is exported, and none stays for an export that ended.
final class ExportOrders {
    private final CommandGateway commands;

    ExportOrders(CommandGateway commands) {
        this.commands = commands;
    }

    @CommandHandler
    void handle(CreateExport command) {
        commands.<Object>sendAndWait(new HoldForExport(
                command.terms().instance(),
                command.terms().recoveryPoint(),
                command.export().value(),
                command.at()));
        commands.<Object>sendAndWait(new OpenExport(command.export(), command.terms(), command.at()));
    }

    @CommandHandler
    void handle(KeepExport command) {
        // Before the job, so that whoever sees the job sees that nobody may write any more.
        commands.<Object>sendAndWait(new StartKeeping(command.export(), command.job(), command.at()));
        commands.<Object>sendAndWait(new RequestKeep(
                command.instance(), command.job(), command.export().value(), command.retentionTag(), command.at()));
    }

    @CommandHandler
    void handle(EndExport command) {
        Optional<Exported> ended = commands.sendAndWait(
                new CloseExport(command.export(), command.reason(), command.endedBy(), command.at()));
        ended.ifPresent(exported -> commands.<Object>sendAndWait(new ReleaseExported(
                exported.instance(), exported.recoveryPoint(), command.export().value(), command.at())));
    }
}
