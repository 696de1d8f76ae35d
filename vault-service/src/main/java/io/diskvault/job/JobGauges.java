package io.diskvault.job;

import io.diskvault.job.view.JobCount;
import io.diskvault.job.view.JobRows;
import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How much work there is.
@Singleton
final class JobGauges implements GaugeSource {
    private final JobRows rows;
    private final JobSettings settings;
    private final Clock clock;

    JobGauges(JobRows rows, JobSettings settings, Clock clock) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily(
                        "diskvault.jobs.queued",
                        "Jobs that wait for a worker, or to be repeated.",
                        () -> byOperation(EnumSet.of(JobStatus.QUEUED))),
                new GaugeFamily(
                        "diskvault.jobs.running",
                        "Jobs that a worker has.",
                        () -> byOperation(EnumSet.of(JobStatus.IN_PROGRESS, JobStatus.CANCELLING))),
                GaugeFamily.single(
                        "diskvault.jobs.queued.oldest.age.seconds",
                        "How long the oldest job waits that is not to wait; 0 if there is none.",
                        this::oldestAge),
                GaugeFamily.single("diskvault.job.workers", "Jobs that this node runs at once.", settings::workers));
    }

    /// All operations, so that what ends goes down to 0 instead of going away.
    private List<Sample> byOperation(Set<JobStatus> statuses) {
        List<JobCount> counts =
                rows.countStanding(statuses.stream().map(JobStatus::text).toList());
        return Arrays.stream(Operation.values())
                .map(operation -> Sample.of(
                        counts.stream()
                                .filter(count -> count.operation().equals(operation.text()))
                                .mapToLong(JobCount::count)
                                .sum(),
                        "operation",
                        operation.text()))
                .toList();
    }

    private double oldestAge() {
        return rows.oldestQueued(clock.instant())
                .map(oldest -> Duration.between(oldest.queuedTime(), clock.instant()))
                .filter(Duration::isPositive)
                .map(age -> age.toMillis() / 1000.0)
                .orElse(0.0);
    }
}
