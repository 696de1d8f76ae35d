package io.diskvault.scheduler;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Condition;
import io.diskvault.alert.DurationText;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceCatalog.Freshness;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicySchedules;
import io.diskvault.policy.PolicySchedules.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Instances that have had no recovery point for much longer than their schedule says, for whatever reason: what no
/// single failure tells.
@Singleton
final class StaleInstances implements Condition {
    private final PolicySchedules policies;
    private final InstanceCatalog instances;
    private final Optional<Duration> limit;
    private final Duration startWindow;

    StaleInstances(
            PolicySchedules policies, InstanceCatalog instances, AlertSettings alerts, ScheduleSettings schedule) {
        this.policies = policies;
        this.instances = instances;
        this.limit = alerts.noRecoveryPointAfter();
        this.startWindow = schedule.startWindow();
    }

    @Override
    public AlertKind kind() {
        return AlertKind.NO_RECOVERY_POINT;
    }

    @Override
    public List<Cause> holding(Instant now) {
        return policies.all().stream().flatMap(policy -> holding(policy, now)).toList();
    }

    private Stream<Cause> holding(Scheduled policy, Instant now) {
        Optional<Duration> most = patience(policy.schedule(), now);
        return most.isEmpty()
                ? Stream.empty()
                : instances.freshness(policy.policy()).stream()
                        .filter(one -> Duration.between(one.since(), now).compareTo(most.get()) > 0)
                        .map(one -> cause(one, most.get()));
    }

    /// How long an instance may have no new recovery point; a slot may start late without anything being wrong. None
    /// before the first slot.
    Optional<Duration> patience(BackupSchedule schedule, Instant now) {
        return schedule.latestAtOrBefore(now)
                .map(last -> Duration.between(last, schedule.nextAfter(now)))
                .map(interval -> limit.map(most -> longer(most, interval.plus(startWindow)))
                        .orElse(interval.multipliedBy(2).plus(startWindow)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Cause cause(Freshness one, Duration most) {
        return Cause.ofInstance(
                kind(),
                one.instance().vault(),
                one.instance().name(),
                "%s has had no new recovery point since %s, for more than %s%s."
                        .formatted(
                                one.instance().path(),
                                one.since(),
                                DurationText.of(most),
                                one.hasPoint() ? "" : "; it has none at all since its protection began"),
                "Look at its latest jobs and slots, and back up now.");
    }
}
