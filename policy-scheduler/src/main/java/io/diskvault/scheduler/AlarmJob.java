package io.diskvault.scheduler;

import io.micronaut.context.annotation.Prototype;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/// Rings for one policy. Quartz's tables name this class: when it moves, the next sweep after an update sets all alarms
/// anew.
@Prototype
class AlarmJob implements Job {
    private final PolicyWakeUp wakeUp;

    AlarmJob(PolicyWakeUp wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            wakeUp.wake(PolicyAlarms.policyOf(context.getJobDetail().getKey()));
        } catch (SchedulerException failure) {
            throw new JobExecutionException(failure);
        }
    }
}
