package io.diskvault.alert.view;

import io.diskvault.alert.AlertFacts;
import io.diskvault.alert.AlertFacts.Handling;
import io.diskvault.alert.Cause;
import io.diskvault.web.ColumnText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One alert as people see it. Kind, severity and state are the texts of [io.diskvault.alert.AlertKind],
/// [io.diskvault.alert.Severity] and [io.diskvault.alert.AlertState].
///
/// @param vault whose readers may see it; null for what concerns the server
/// @param occurrences how often it happened since it was opened
/// @param standing whether it is about something that lasts, and still does
/// @param closedBy who closed it, or [AlertFacts#SYSTEM] if its cause was gone
@MappedEntity("alert")
public record AlertRow(
        @Id String id,
        String kind,
        String severity,
        String state,
        @Nullable String vault,
        @Nullable String instance,
        @Nullable String resourceGroup,
        String message,
        String recommendedAction,
        int occurrences,
        Instant firstTime,
        Instant lastTime,
        @Nullable String job,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedTime,
        @Nullable String closedBy,
        @Nullable Instant closedTime,
        boolean standing) {
    /// As the table has them.
    private static final int MESSAGE_MAX = 4000;

    private static final int ACTION_MAX = 1000;

    /// As an event says.
    public static AlertRow of(AlertFacts alert) {
        Cause cause = alert.cause();
        Optional<Handling> acknowledged = alert.acknowledged();
        Optional<Handling> closed = alert.closed();
        return new AlertRow(
                alert.id().text(),
                cause.kind().text(),
                cause.severity().text(),
                alert.state().text(),
                cause.vault().orElse(null),
                cause.instance().orElse(null),
                cause.resourceGroup().orElse(null),
                ColumnText.of(cause.message(), MESSAGE_MAX),
                ColumnText.of(cause.recommendedAction(), ACTION_MAX),
                alert.count(),
                alert.firstTime(),
                alert.lastTime(),
                cause.job().orElse(null),
                acknowledged.map(Handling::by).orElse(null),
                acknowledged.map(Handling::at).orElse(null),
                closed.map(Handling::by).orElse(null),
                closed.map(Handling::at).orElse(null),
                alert.standing());
    }
}
