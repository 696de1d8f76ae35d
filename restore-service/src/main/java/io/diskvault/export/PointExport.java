package io.diskvault.export;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.export.ExportCommand.CloseExport;
import io.diskvault.export.ExportCommand.Exported;
import io.diskvault.export.ExportCommand.OpenExport;
import io.diskvault.export.ExportCommand.StartKeeping;
import io.diskvault.export.ExportCommand.StopKeeping;
import io.diskvault.export.ExportCommand.Terms;
import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import io.diskvault.export.ExportEvent.ExportKeepEnded;
import io.diskvault.export.ExportEvent.ExportKeepStarted;
import io.diskvault.job.JobId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// An export is made once, ends once, and never changes what it is of.
@AggregateRoot(type = "PointExport")
final class PointExport {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable ExportId id;

    /// What it is of; null while there is no such export.
    @JsonProperty
    private @Nullable Exported exported;

    @JsonProperty
    private boolean writable;

    @JsonProperty
    private boolean ended;

    /// The job that makes a recovery point of it.
    @JsonProperty
    private @Nullable JobId keeping;

    PointExport() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OpenExport command) {
        if (exported != null) {
            throw new CommandRejected(
                    ExportRejection.EXPORT_EXISTS,
                    "An export with the id '%s' was made already."
                            .formatted(command.export().value()));
        }
        Terms terms = command.terms();
        apply(new ExportCreated(
                command.export(),
                terms.instance(),
                terms.recoveryPoint(),
                terms.writable(),
                terms.name(),
                terms.hash(),
                terms.idleTime(),
                terms.createdBy(),
                command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Optional<Exported> handle(CloseExport command) {
        if (exported == null) {
            throw ExportRejection.notFound(command.export().value());
        }
        if (ended) {
            return Optional.empty();
        }
        if (keeping != null && command.reason() != ExportEnd.KEPT) {
            throw ExportRejection.keepRunning(command.export(), keeping);
        }
        apply(new ExportEnded(command.export(), command.reason(), command.endedBy(), command.at()));
        return Optional.of(exported);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartKeeping command) {
        UUID export = command.export().value();
        if (exported == null) {
            throw ExportRejection.notFound(export);
        }
        if (command.job().equals(keeping)) {
            return;
        }
        if (ended) {
            throw new CommandRejected(ExportRejection.EXPORT_ENDED, "The export '%s' has ended.".formatted(export));
        }
        if (!writable) {
            throw new CommandRejected(
                    ExportRejection.NOT_WRITABLE, "The export '%s' can only be read.".formatted(export));
        }
        if (keeping != null) {
            throw ExportRejection.keepRunning(command.export(), keeping);
        }
        apply(new ExportKeepStarted(command.export(), command.job(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StopKeeping command) {
        if (command.job().equals(keeping)) {
            apply(new ExportKeepEnded(command.export(), command.job(), command.at()));
        }
    }

    @EventSourcingHandler
    void on(ExportKeepStarted event) {
        keeping = event.job();
    }

    @EventSourcingHandler
    void on(ExportKeepEnded event) {
        keeping = null;
    }

    @EventSourcingHandler
    void on(ExportCreated event) {
        id = event.export();
        writable = event.writable();
        exported = new Exported(event.instance(), event.recoveryPoint());
    }

    @EventSourcingHandler
    void on(ExportEnded event) {
        ended = true;
        keeping = null;
    }
}
