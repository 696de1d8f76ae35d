package io.diskvault.job;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How this node works on jobs.
///
/// @param workers how many jobs run at once on this node; 1 to 64. More help only while disks and processors have room
/// @param lease how long a worker that is not heard of is believed to live; 5 seconds to 10 minutes. After it the job
///     is given to another worker, so a machine that stalls for longer loses its jobs
/// @param perDatastore how many jobs run at once on one datastore, on all nodes together; 1 to 64
/// @param stopWithin how long a stopping server waits for running jobs to give up; 0 to 10 minutes
@ConfigurationProperties("diskvault.jobs")
public record JobSettings(
        @Bindable(defaultValue = "2") int workers,
        @Bindable(defaultValue = "4") int perDatastore,
        @Bindable(defaultValue = "30s") Duration lease,
        @Bindable(defaultValue = "30s") Duration stopWithin) {
    public JobSettings {
        require(workers >= 1 && workers <= 64, "diskvault.jobs.workers is %s; 1 to 64 is allowed", workers);
        require(
                perDatastore >= 1 && perDatastore <= 64,
                "diskvault.jobs.per-datastore is %s; 1 to 64 is allowed",
                perDatastore);
        require(
                lease.compareTo(Duration.ofSeconds(5)) >= 0 && lease.compareTo(Duration.ofMinutes(10)) <= 0,
                "diskvault.jobs.lease is %s; 5s to 10m is allowed",
                lease);
        require(
                !stopWithin.isNegative() && stopWithin.compareTo(Duration.ofMinutes(10)) <= 0,
                "diskvault.jobs.stop-within is %s; 0s to 10m is allowed",
                stopWithin);
    }

    private static void require(boolean condition, String message, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(value));
        }
    }
}
