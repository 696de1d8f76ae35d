package io.diskvault.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How the history is secured.
///
/// @param checkpointEvery how often the history's head is signed and written to the datastores, if something happened;
///     1 second to 1 day. What happened since can be cut off unnoticed by whoever can write the database; each
///     checkpoint is a small file in each datastore
@ConfigurationProperties("diskvault.audit")
public record AuditSettings(@Bindable(defaultValue = "15m") Duration checkpointEvery) {
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);
    private static final Duration EVERY_MAX = Duration.ofDays(1);

    public AuditSettings {
        if (checkpointEvery.compareTo(EVERY_MIN) < 0 || checkpointEvery.compareTo(EVERY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.audit.checkpoint-every is %s; 1 second to 1 day is allowed".formatted(checkpointEvery));
        }
    }
}
