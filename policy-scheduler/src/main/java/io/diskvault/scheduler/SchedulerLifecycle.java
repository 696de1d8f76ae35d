package io.diskvault.scheduler;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;

/// Starts Quartz with the server and stops it before anything that a wake-up needs.
///
/// Each start sweeps and expires at once: slots that passed while the server was down are decided, and alarms that
/// were lost are set.
@Singleton
class SchedulerLifecycle {
    /// A lost alarm costs at most this; it is shorter than the start window, unless that was made very short.
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private static final String GROUP = "rounds";

    private final Scheduler quartz;
    private final ExpirySettings expiry;

    SchedulerLifecycle(Scheduler quartz, ExpirySettings expiry) {
        this.quartz = quartz;
        this.expiry = expiry;
    }

    @EventListener
    void start(ServerStartupEvent started) throws SchedulerException {
        repeat("sweep", SweepJob.class, SWEEP_EVERY);
        repeat("expiry", ExpiryJob.class, expiry.every());
        quartz.start();
    }

    /// Waits for wake-ups that are under way; they are short.
    @EventListener
    void stop(ShutdownEvent stopping) throws SchedulerException {
        quartz.shutdown(true);
    }

    private void repeat(String name, Class<? extends Job> job, Duration every) throws SchedulerException {
        quartz.scheduleJob(
                JobBuilder.newJob(job).withIdentity(name, GROUP).build(),
                Set.of(TriggerBuilder.newTrigger()
                        .withIdentity(name, GROUP)
                        .startNow()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(every.toMillis())
                                .repeatForever()
                                .withMisfireHandlingInstructionNowWithExistingCount())
                        .build()),
                true);
    }
}
