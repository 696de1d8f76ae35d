package io.diskvault.scheduler;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts Quartz with the server and stops it before anything that a wake-up needs.
///
/// Each start sweeps and expires at once: slots that passed while the server was down are decided, and alarms that
/// were lost are set.
@Singleton
class SchedulerLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerLifecycle.class);

    private final Scheduler quartz;
    private final Rounds rounds;

    /// Counts time that passes, whatever the clock says.
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rounds-watch").daemon().factory());

    SchedulerLifecycle(Scheduler quartz, Rounds rounds) {
        this.quartz = quartz;
        this.rounds = rounds;
    }

    @EventListener
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    void start(ServerStartupEvent started) throws SchedulerException {
        rounds.set();
        quartz.start();
        watch.scheduleWithFixedDelay(this::mend, 1, 1, TimeUnit.MINUTES);
    }

    private void mend() {
        try {
            rounds.mend();
        } catch (SchedulerException | RuntimeException failure) {
            // A database that is away for a moment; the next minute tries again.
            LOG.warn("the rounds could not be looked after", failure);
        }
    }

    /// Waits for wake-ups that are under way; they are short.
    @EventListener
    void stop(ShutdownEvent stopping) throws SchedulerException {
        watch.shutdown();
        quartz.shutdown(true);
    }
}
