package io.diskvault.job;

import io.diskvault.command.FeatureModule;
import io.diskvault.job.JobEvent.JobCancellationRequested;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Jobs, wired.
@Singleton
final class JobModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "job.queued", JobQueued.class,
                "job.started", JobStarted.class,
                "job.requeued", JobRequeued.class,
                "job.retry-scheduled", JobRetryScheduled.class,
                "job.cancellation-requested", JobCancellationRequested.class,
                "job.cancelled", JobCancelled.class,
                "job.completed", JobCompleted.class,
                "job.failed", JobFailed.class,
                "job.restore-measured", RestoreMeasured.class,
                "job.snapshot", Job.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, Job.class);
    }
}
