package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Condition;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Deleted instances that can be undeleted for two more days at most.
@Singleton
final class PurgesDue implements Condition {
    private static final Duration AHEAD = Duration.ofDays(2);

    private final InstanceRows instances;

    PurgesDue(InstanceRows instances) {
        this.instances = instances;
    }

    @Override
    public AlertKind kind() {
        return AlertKind.PURGE_DUE;
    }

    @Override
    public List<Cause> holding(Instant now) {
        return instances.dueForPurge(now.plus(AHEAD)).stream().map(this::cause).toList();
    }

    private Cause cause(InstanceRow row) {
        return Cause.ofInstance(
                kind(),
                row.vault(),
                row.name(),
                "%s was deleted at %s and will be gone for good, with all its recovery points, at %s."
                        .formatted(row.id(), row.deletedTime(), row.purgeTime()),
                "If it is needed, undelete it before then; otherwise nothing is to be done.");
    }
}
