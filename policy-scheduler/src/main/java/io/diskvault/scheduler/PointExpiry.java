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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks instances to let go of recovery points whose time is up, and purges deleted instances whose time is up. The
/// instance decides; the newest point is never among those that expire. Nothing goes while the clock is not believed.
@Singleton
class PointExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(PointExpiry.class);

    private final InstanceCatalog instances;
    private final Commands commands;
    private final Clock clock;
    private final ElapsedTime elapsed;
    private final ClockLeap leaps = new ClockLeap();

    PointExpiry(InstanceCatalog instances, Commands commands, Clock clock, ElapsedTime elapsed) {
        this.instances = instances;
        this.commands = commands;
        this.clock = clock;
        this.elapsed = elapsed;
    }

    void run() {
        Callers.as(SchedulerModule.CALLER, this::expire);
    }

    private void expire() {
        Instant now = clock.instant();
        Optional<Duration> leap = leaps.leap(now, elapsed.elapsed());
        if (leap.isPresent()) {
            LOG.warn(
                    "The clock says {}, which is {} more than has passed since the last expiry. Nothing expires until"
                            + " the clock is set right; if it is right, start the server again.",
                    now,
                    leap.get());
            return;
        }
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
