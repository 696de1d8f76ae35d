package io.diskvault.export;

import io.diskvault.access.Callers;
import io.diskvault.command.Commands;
import io.diskvault.export.ExportCommand.EndExport;
import io.diskvault.export.ExportCommand.StopKeeping;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.KeepOrder;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/// Tells an export what came of the job that was to make a recovery point of it: it has ended, or it goes on.
@DisallowReplay
@ProcessingGroup("export-keeps")
final class KeepOutcomes {
    private final Commands commands;

    KeepOutcomes(Commands commands) {
        this.commands = commands;
    }

    @EventHandler
    void on(JobCompleted event) {
        exportOf(event)
                .ifPresent(export -> commands.send(
                        new EndExport(export, ExportEnd.KEPT, Callers.current().principal(), event.at())));
    }

    @EventHandler
    void on(JobFailed event) {
        goOn(event);
    }

    @EventHandler
    void on(JobCancelled event) {
        goOn(event);
    }

    private void goOn(JobEnded event) {
        exportOf(event).ifPresent(export -> commands.send(new StopKeeping(export, event.job(), event.at())));
    }

    private static Optional<ExportId> exportOf(JobEnded event) {
        return event.order() instanceof KeepOrder keep ? Optional.of(new ExportId(keep.export())) : Optional.empty();
    }
}
