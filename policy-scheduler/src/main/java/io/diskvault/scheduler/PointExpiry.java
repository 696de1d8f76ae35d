package io.diskvault.scheduler;

import io.diskvault.access.Callers;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceCommand;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.PurgeInstance;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks instances to let go of recovery points whose time is up, and purges deleted instances whose time is up. The
/// instance decides; the newest point is never among those that expire.
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
        Callers.as(SchedulerModule.CALLER, this::expire);
    }

    private void expire() {
        Instant now = clock.instant();
        for (InstanceId instance : instances.withElapsedPoints(now)) {
            send(instance, new ExpireRecoveryPoints(instance, now));
        }
        for (ProtectedInstance deleted : instances.dueForPurge(now)) {
            send(deleted.instance(), purge(deleted, now));
        }
    }

    private void send(InstanceId instance, InstanceCommand command) {
        try {
            commands.send(command);
        } catch (CommandRejected refused) {
            LOG.info("instance {}: {}", instance.path(), refused.getMessage());
        } catch (RuntimeException failure) {
            // The other instances must not wait for this one; the next run asks again.
            LOG.error("instance {}: expiry failed", instance.path(), failure);
        }
    }

    private static PurgeInstance purge(ProtectedInstance deleted, Instant now) {
        return new PurgeInstance(
                deleted.instance(),
                deleted.disk(),
                deleted.policy(),
                deleted.snapshotGroup(),
                Removal.PURGE_WHEN_DUE,
                now);
    }
}
