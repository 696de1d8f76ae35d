package io.diskvault.files;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.files.FilesCommand.RecordListing;
import io.diskvault.files.FilesCommand.RecordTaking;
import io.diskvault.files.FilesEvent.FileTaken;
import io.diskvault.files.FilesEvent.FilesListed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// The record of who read which files of one recovery point. Looking is recorded once an hour for each principal,
/// and what is taken each time; so many takings an hour are recorded and no more are let happen.
@AggregateRoot(type = "FileReads")
final class FileReads {
    /// Looking again within this time is the same look.
    static final Duration RESOLUTION = Duration.ofHours(1);

    /// Whoever wants more takes a folder, which is one. It bounds what a script writes into a history kept for
    /// ever.
    static final int TAKINGS_PER_HOUR = 1000;

    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // the framework reads it
    private @Nullable FileReadsId id;

    @JsonProperty
    private final Map<String, Instant> lastLooks = new HashMap<>();

    @JsonProperty
    private Instant hour = Instant.MIN;

    @JsonProperty
    private int takings;

    FileReads() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordListing command) {
        Instant last = lastLooks.get(command.by());
        if (last == null || !command.at().isBefore(last.plus(RESOLUTION))) {
            apply(new FilesListed(
                    command.reads(), command.instance(), command.recoveryPoint(), command.by(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordTaking command) {
        if (takings >= TAKINGS_PER_HOUR && command.at().isBefore(end())) {
            throw new CommandRejected(
                    FilesRejection.TOO_MANY_READS,
                    "%d files of this recovery point were taken within an hour, one by one.".formatted(takings));
        }
        apply(new FileTaken(
                command.reads(),
                command.instance(),
                command.recoveryPoint(),
                command.volume(),
                command.path(),
                command.type(),
                command.by(),
                command.at()));
    }

    @EventSourcingHandler
    void on(FilesListed event) {
        id = event.reads();
        lastLooks.put(event.by(), event.at());
    }

    @EventSourcingHandler
    void on(FileTaken event) {
        id = event.reads();
        if (!event.at().isBefore(hour) && event.at().isBefore(end())) {
            takings++;
        } else {
            hour = event.at();
            takings = 1;
        }
    }

    private Instant end() {
        return hour.equals(Instant.MIN) ? Instant.MIN : hour.plus(RESOLUTION);
    }
}
