package io.diskvault.alert;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.alert.AlertCommand.AcknowledgeAlert;
import io.diskvault.alert.AlertCommand.CloseAlert;
import io.diskvault.alert.AlertCommand.ReportGone;
import io.diskvault.alert.AlertCommand.ReportOccurrence;
import io.diskvault.alert.AlertCommand.ReportStanding;
import io.diskvault.alert.AlertEvent.AlertAcknowledged;
import io.diskvault.alert.AlertEvent.AlertClosed;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertRepeated;
import io.diskvault.alert.AlertEvent.AlertResolved;
import io.diskvault.command.CommandRejected;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// The alert of one cause, for ever: it is opened and closed as often as the cause comes and goes. What it is told
/// twice changes it once.
@AggregateRoot(type = "Alert")
final class Alert {
    /// What is repeated later than this many others counts as new.
    private static final int REMEMBERED_MAX = 100;

    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable AlertId id;

    /// Null until something is reported.
    @JsonProperty
    private @Nullable AlertFacts facts;

    @JsonProperty
    private final Deque<String> occurrences = new ArrayDeque<>();

    Alert() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReportOccurrence command) {
        if (occurrences.contains(command.occurrence())) {
            return;
        }
        if (facts != null && facts.isOpen()) {
            AlertFacts again = facts.repeated(command.cause(), command.times(), command.at());
            apply(
                    command.cause().severity().isWorseThan(facts.cause().severity())
                            ? new AlertRaised(again, Optional.of(command.occurrence()), command.at())
                            : new AlertRepeated(again, command.occurrence(), command.at()));
        } else {
            apply(new AlertRaised(
                    AlertFacts.opened(command.alert(), command.cause(), false, command.times(), command.at()),
                    Optional.of(command.occurrence()),
                    command.at()));
        }
    }

    /// Somebody may have closed it although it still is so; only when it got worse, that is news.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReportStanding command) {
        boolean known = facts != null
                && facts.standing()
                && !command.cause().severity().isWorseThan(facts.cause().severity());
        if (!known) {
            apply(new AlertRaised(
                    AlertFacts.opened(command.alert(), command.cause(), true, 1, command.at()),
                    Optional.empty(),
                    command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReportGone command) {
        if (facts != null && (facts.isOpen() || facts.standing())) {
            apply(new AlertResolved(facts.resolved(command.at()), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AcknowledgeAlert command) {
        AlertFacts known = known(command);
        switch (known.state()) {
            case NEW -> apply(new AlertAcknowledged(known.acknowledged(command.by(), command.at()), command.at()));
            case ACKNOWLEDGED -> {}
            case CLOSED ->
                throw new CommandRejected(
                        AlertRejection.ALERT_CLOSED,
                        "The alert '%s' is closed, so it cannot be acknowledged."
                                .formatted(command.alert().text()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CloseAlert command) {
        AlertFacts known = known(command);
        if (known.isOpen()) {
            apply(new AlertClosed(known.closed(command.by(), command.at()), command.at()));
        }
    }

    private AlertFacts known(AlertCommand command) {
        if (facts == null) {
            throw AlertRejection.notFound(command.alert().text());
        }
        return facts;
    }

    @EventSourcingHandler
    void on(AlertRaised event) {
        event.occurrence().ifPresent(this::remember);
        become(event);
    }

    @EventSourcingHandler
    void on(AlertRepeated event) {
        remember(event.occurrence());
        become(event);
    }

    @EventSourcingHandler
    void on(AlertAcknowledged event) {
        become(event);
    }

    @EventSourcingHandler
    void on(AlertClosed event) {
        become(event);
    }

    @EventSourcingHandler
    void on(AlertResolved event) {
        become(event);
    }

    private void become(AlertEvent event) {
        id = event.alert().id();
        facts = event.alert();
    }

    private void remember(String occurrence) {
        occurrences.addLast(occurrence);
        if (occurrences.size() > REMEMBERED_MAX) {
            occurrences.removeFirst();
        }
    }
}
