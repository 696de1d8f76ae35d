package io.diskvault.scheduler;

import io.diskvault.access.Callers;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.JobWorkers;
import io.diskvault.policy.PolicyCommand.CorrectScheduleTime;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicySchedules;
import io.diskvault.policy.PolicySchedules.Scheduled;
import io.diskvault.policy.SlotTimeline;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes policies: asks for the backups that are due, records the slots that were missed, and sets the next alarm.
///
/// It may run at any time, on several nodes at once, and as often as one likes ([SlotDecisions]).
@Singleton
class PolicyWakeUp {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWakeUp.class);

    private final PolicySchedules policies;
    private final InstanceCatalog instances;
    private final PolicyAlarms alarms;
    private final SlotDecisions decisions;
    private final Commands commands;
    private final JobWorkers workers;
    private final Clock clock;

    PolicyWakeUp(
            PolicySchedules policies,
            InstanceCatalog instances,
            PolicyAlarms alarms,
            SlotDecisions decisions,
            Commands commands,
            JobWorkers workers,
            Clock clock) {
        this.policies = policies;
        this.instances = instances;
        this.alarms = alarms;
        this.decisions = decisions;
        this.commands = commands;
        this.workers = workers;
        this.clock = clock;
    }

    /// Wakes one policy. One that is gone has nothing to do and gets no further alarm.
    void wake(PolicyId policy) throws SchedulerException {
        Optional<Scheduled> scheduled = policies.find(policy);
        if (scheduled.isPresent()) {
            wake(scheduled.get());
        }
    }

    /// Wakes all policies, and sets alarms that were lost.
    void wakeAll() {
        for (Scheduled policy : policies.all()) {
            try {
                wake(policy);
            } catch (SchedulerException | RuntimeException failure) {
                // The other policies must not wait for this one; the next sweep tries again.
                LOG.error("policy {}: waking it failed", policy.policy().path(), failure);
            }
        }
    }

    private void wake(Scheduled policy) throws SchedulerException {
        // One instant for both: the next alarm is at the first slot that was not looked at here, also when this takes
        // so long that the slot has passed when the alarm is set, and when the clock that rang is a bit ahead.
        Instant now = clock.instant();
        try {
            Callers.as(SchedulerModule.CALLER, () -> decide(policy, now));
        } finally {
            alarms.set(policy.policy(), policy.schedule(), now);
        }
    }

    private void decide(Scheduled policy, Instant now) {
        InstanceTimelines timelines =
                new InstanceTimelines(policy.policy(), timelineAt(policy, now), instances, policies);
        for (ProtectedInstance instance : instances.ofPolicy(policy.policy())) {
            wake(timelines, instance, now);
        }
    }

    /// A schedule that was set while the clock was ahead must not keep its slots waiting until the clock is there.
    private SlotTimeline timelineAt(Scheduled policy, Instant now) {
        if (!isAhead(policy.timeline(), now)) {
            return policy.timeline();
        }
        commands.send(new CorrectScheduleTime(policy.policy(), now));
        return policy.timeline().changedTo(policy.schedule(), now);
    }

    /// Whether what is in force was said to be so from an instant that has not come yet.
    static boolean isAhead(SlotTimeline timeline, Instant now) {
        Instant tolerated = now.plus(ProtectedInstance.CLOCK_TOLERANCE);
        return timeline.lastChange().filter(tolerated::isBefore).isPresent();
    }

    private void wake(InstanceTimelines timelines, ProtectedInstance instance, Instant now) {
        try {
            if (decisions.decide(timelines::of, instance, now)) {
                workers.wake();
            }
        } catch (CommandRejected refused) {
            LOG.info("instance {}: {}", instance.instance().path(), refused.getMessage());
        } catch (RuntimeException failure) {
            // The other instances must not wait for this one. Its slots stay due, and the next sweep finds them.
            LOG.error(
                    "instance {}: its due slots were not decided",
                    instance.instance().path(),
                    failure);
        }
    }
}
