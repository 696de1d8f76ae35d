package io.diskvault.instance;

import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.metrics.CommittedEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;

/// Counts recovery points as they come and go, and what they add to the datastores.
@Context
final class InstanceMeters {
    private final Counter created;
    private final Counter expired;
    private final Counter changed;
    private final Counter stored;

    InstanceMeters(MeterRegistry registry, CommittedEvents events) {
        created = counter(registry, "diskvault.recovery.points.made", "Recovery points that were made.");
        expired = counter(registry, "diskvault.recovery.points.expired", "Recovery points that were given up.");
        changed = counter(
                registry,
                "diskvault.backup.changed.bytes",
                "What backups found different from the recovery point before.");
        stored = counter(registry, "diskvault.backup.stored.bytes", "By how much backups made datastores grow.");
        events.each(this::on);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void on(Object event) {
        if (event instanceof RecoveryPointCreated made) {
            created.increment();
            changed.increment((double) made.point().changedBytes());
            stored.increment((double) made.point().storedBytes());
        } else if (event instanceof RecoveryPointExpired) {
            expired.increment();
        }
    }
}
