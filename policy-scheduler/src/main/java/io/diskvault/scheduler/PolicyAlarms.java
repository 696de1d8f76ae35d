package io.diskvault.scheduler;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/// Keeps one alarm for each policy: a Quartz trigger that rings once, at the policy's next slot. Whoever wakes the
/// policy sets the next one, so a schedule needs nothing of Quartz but instants.
///
/// Alarms follow the policies' events at once. What got lost is set again by the sweep, and an alarm whose policy is
/// gone rings once more and ends.
@Singleton
@ProcessingGroup("schedule-alarms")
class PolicyAlarms {
    private static final String GROUP = "policy";

    private final Scheduler quartz;
    private final Clock clock;

    PolicyAlarms(Scheduler quartz, Clock clock) {
        this.quartz = quartz;
        this.clock = clock;
    }

    @EventHandler
    void on(PolicyCreated event) throws SchedulerException {
        set(event.policy(), event.schedule(), clock.instant());
    }

    @EventHandler
    void on(PolicyChanged event) throws SchedulerException {
        set(event.policy(), event.schedule(), clock.instant());
    }

    @EventHandler
    void on(PolicyDeleted event) throws SchedulerException {
        quartz.deleteJob(jobKey(event.policy()));
    }

    /// Sets a policy's alarm to its first slot after an instant. If it is set so already, nothing is written.
    void set(PolicyId policy, BackupSchedule schedule, Instant after) throws SchedulerException {
        Instant slot = schedule.nextAfter(after);
        if (!isSet(policy, slot)) {
            JobDetail alarm = JobBuilder.newJob(AlarmJob.class)
                    .withIdentity(jobKey(policy))
                    .build();
            Trigger trigger = TriggerBuilder.newTrigger()
                    .withIdentity(triggerKey(policy))
                    .startAt(Date.from(slot))
                    .withSchedule(
                            // However late, an alarm rings once and at once. As a misfire it would first wait a minute.
                            SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                    .build();
            quartz.scheduleJob(alarm, Set.of(trigger), true);
        }
    }

    private boolean isSet(PolicyId policy, Instant slot) throws SchedulerException {
        return Optional.ofNullable(quartz.getTrigger(triggerKey(policy)))
                        .map(Trigger::getNextFireTime)
                        .map(Date::toInstant)
                        .filter(slot::equals)
                        .isPresent()
                && quartz.getTriggerState(triggerKey(policy)) == TriggerState.NORMAL;
    }

    static PolicyId policyOf(JobKey key) {
        return PolicyId.parse(key.getName());
    }

    static JobKey jobKey(PolicyId policy) {
        return JobKey.jobKey(policy.path(), GROUP);
    }

    static TriggerKey triggerKey(PolicyId policy) {
        return TriggerKey.triggerKey(policy.path(), GROUP);
    }
}
