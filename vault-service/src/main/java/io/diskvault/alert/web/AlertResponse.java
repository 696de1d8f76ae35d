package io.diskvault.alert.web;

import io.diskvault.alert.view.AlertRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An alert as callers see it.
///
/// @param vault in which it is; null for what concerns the server
/// @param count how often it happened since it was opened
/// @param job the job that showed it last
/// @param closedBy who closed it, or `system` if its cause was gone
public record AlertResponse(
        String id,
        String kind,
        String severity,
        String state,
        @Nullable String vault,
        @Nullable String instance,
        @Nullable String resourceGroup,
        String message,
        String recommendedAction,
        int count,
        Instant firstTime,
        Instant lastTime,
        @Nullable String job,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedTime,
        @Nullable String closedBy,
        @Nullable Instant closedTime) {
    public static AlertResponse of(AlertRow row) {
        return new AlertResponse(
                row.id(),
                row.kind(),
                row.severity(),
                row.state(),
                row.vault(),
                row.instance(),
                row.resourceGroup(),
                row.message(),
                row.recommendedAction(),
                row.occurrences(),
                row.firstTime(),
                row.lastTime(),
                row.job(),
                row.acknowledgedBy(),
                row.acknowledgedTime(),
                row.closedBy(),
                row.closedTime());
    }
}
