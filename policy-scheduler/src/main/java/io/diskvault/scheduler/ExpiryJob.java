package io.diskvault.scheduler;

import io.micronaut.context.annotation.Prototype;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/// Rings for the expiry of recovery points.
@Prototype
class ExpiryJob implements Job {
    private final PointExpiry expiry;

    ExpiryJob(PointExpiry expiry) {
        this.expiry = expiry;
    }

    @Override
    public void execute(JobExecutionContext context) {
        expiry.run();
    }
}
