package io.diskvault.scheduler;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Condition;
import io.diskvault.alert.DurationText;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Recovery points that should have been let go long ago.
@Singleton
final class LateExpiry implements Condition {
    private static final int NAMED_MAX = 5;

    private final InstanceCatalog instances;
    private final Duration late;

    LateExpiry(InstanceCatalog instances, ExpirySettings settings) {
        this.instances = instances;
        this.late = settings.every().multipliedBy(3).plus(Duration.ofHours(1));
    }

    @Override
    public AlertKind kind() {
        return AlertKind.EXPIRY_BEHIND;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Cause> holding(Instant now) {
        List<InstanceId> behind = instances.withElapsedPoints(now.minus(late));
        return behind.isEmpty() ? List.of() : List.of(cause(behind));
    }

    private Cause cause(List<InstanceId> behind) {
        List<String> named =
                behind.stream().limit(NAMED_MAX).map(InstanceId::path).toList();
        return Cause.of(
                kind(),
                "server",
                "Recovery points of %d instances are still there although their time was up more than %s ago: %s%s."
                        .formatted(
                                behind.size(),
                                DurationText.of(late),
                                String.join(", ", named),
                                behind.size() > NAMED_MAX ? " and others" : ""),
                "Look for expiry in the server's log: it stops while the clock is not believed, and says so.");
    }
}
