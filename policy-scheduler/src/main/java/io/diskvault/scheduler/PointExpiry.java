package io.diskvault.scheduler;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks instances to let go of recovery points whose time is up. The instance decides which; the newest is never among
/// them.
@Singleton
class PointExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(PointExpiry.class);

    private final InstanceCatalog instances;
    private final Commands commands;
    private final Clock clock;

    PointExpiry(InstanceCatalog instances, Commands commands, Clock clock) {
        this.instances = instances;
        this.commands = commands;
        this.clock = clock;
    }

    void run() {
        Instant now = clock.instant();
        for (InstanceId instance : instances.withElapsedPoints(now)) {
            try {
                commands.send(new ExpireRecoveryPoints(instance, now));
            } catch (CommandRejected refused) {
                LOG.info("instance {}: {}", instance.path(), refused.getMessage());
            } catch (RuntimeException failure) {
                // The other instances must not wait for this one; the next run asks again.
                LOG.error("instance {}: expiry failed", instance.path(), failure);
            }
        }
    }
}
