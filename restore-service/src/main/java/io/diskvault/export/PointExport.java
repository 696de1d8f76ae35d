package io.diskvault.export;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.export.ExportCommand.CloseExport;
import io.diskvault.export.ExportCommand.Exported;
import io.diskvault.export.ExportCommand.OpenExport;
import io.diskvault.export.ExportCommand.Terms;
import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import java.util.Optional;
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
    private boolean ended;

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
        apply(new ExportEnded(command.export(), command.reason(), command.endedBy(), command.at()));
        return Optional.of(exported);
    }

    @EventSourcingHandler
    void on(ExportCreated event) {
        id = event.export();
        exported = new Exported(event.instance(), event.recoveryPoint());
    }

    @EventSourcingHandler
    void on(ExportEnded event) {
        ended = true;
    }
}
