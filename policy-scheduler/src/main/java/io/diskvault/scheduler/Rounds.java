package io.diskvault.scheduler;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/// What is done again and again: the sweep and the expiry.
@Singleton
class Rounds {
    /// A lost alarm costs at most this; it is shorter than the start window, unless that was made very short.
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private static final String GROUP = "rounds";

    private final Scheduler quartz;
    private final Clock clock;
    private final List<Round> rounds;

    private record Round(String name, Class<? extends Job> job, Duration every) {}

    Rounds(Scheduler quartz, ExpirySettings expiry, Clock clock) {
        this.quartz = quartz;
        this.clock = clock;
        this.rounds = List.of(
                new Round("sweep", SweepJob.class, SWEEP_EVERY), new Round("expiry", ExpiryJob.class, expiry.every()));
    }

    static TriggerKey triggerKey(String name) {
        return TriggerKey.triggerKey(name, GROUP);
    }

    /// Starts all rounds now.
    void set() throws SchedulerException {
        for (Round round : rounds) {
            set(round);
        }
    }

    /// Starts those now that got lost, or that the clock put off: Quartz rings at instants, and those that it chose
    /// while the clock was far ahead may be years away.
    void mend() throws SchedulerException {
        Instant now = clock.instant();
        for (Round round : rounds) {
            boolean comes = Optional.ofNullable(quartz.getTrigger(triggerKey(round.name())))
                    .map(Trigger::getNextFireTime)
                    .map(Date::toInstant)
                    .filter(next -> !next.isAfter(now.plus(round.every()).plus(round.every())))
                    .isPresent();
            if (!comes) {
                set(round);
            }
        }
    }

    private void set(Round round) throws SchedulerException {
        quartz.scheduleJob(
                JobBuilder.newJob(round.job()).withIdentity(round.name(), GROUP).build(),
                Set.of(TriggerBuilder.newTrigger()
                        .withIdentity(triggerKey(round.name()))
                        .startNow()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(round.every().toMillis())
                                .repeatForever()
                                .withMisfireHandlingInstructionNowWithExistingCount())
                        .build()),
                true);
    }
}
