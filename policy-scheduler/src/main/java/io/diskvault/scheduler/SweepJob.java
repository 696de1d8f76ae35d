package io.diskvault.scheduler;

import io.micronaut.context.annotation.Prototype;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/// Rings for all policies.
@Prototype
class SweepJob implements Job {
    private final PolicyWakeUp wakeUp;

    SweepJob(PolicyWakeUp wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public void execute(JobExecutionContext context) {
        wakeUp.wakeAll();
    }
}
