package io.diskvault.policy;

import io.diskvault.command.CommandRejected;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/// Refuses policies that would keep more recovery points of a disk than it may have.
@Singleton
public class PolicyAdmission {
    private final SnapshotLimits limits;

    PolicyAdmission(SnapshotLimits limits) {
        this.limits = limits;
    }

    /// The most points that the policy keeps of one disk, of instances that follow it from an instant on or
    /// later.
    public static Peak peak(BackupSchedule schedule, RetentionRules retention, Instant from) {
        return new PeakSearch(new PolicySimulation(schedule, retention), from).run(Integer.MAX_VALUE);
    }

    /// Whether so many points may be kept.
    public boolean admits(Peak peak) {
        return peak.livePoints() <= limits.scheduledSnapshotCap();
    }

    /// @throws CommandRejected if the policy would keep too many; says how many, since when, and what would do
    public void require(BackupSchedule schedule, RetentionRules retention, Instant from) {
        if (new PeakSearch(new PolicySimulation(schedule, retention), from)
                        .run(cap())
                        .livePoints()
                > cap()) {
            throw refused(schedule, retention, from);
        }
    }

    private CommandRejected refused(BackupSchedule schedule, RetentionRules retention, Instant from) {
        Peak peak = peak(schedule, retention, from);
        return new CommandRejected(
                PolicyRejection.TOO_MANY_POINTS,
                "The policy would keep up to %d recovery points of a disk, as many for the first time at %s; at most %d are allowed. %s"
                        .formatted(peak.livePoints(), peak.reachedAt(), cap(), whatFits(schedule, retention, from)));
    }

    private String whatFits(BackupSchedule schedule, RetentionRules retention, Instant from) {
        String fitting = retention.rules().stream()
                .flatMap(rule -> largestThatFits(schedule, retention, rule, from).stream())
                .map(RetentionRule::text)
                .collect(Collectors.joining(", or "));
        return fitting.isEmpty()
                ? "No shorter duration of one rule alone would fit."
                : "With the other rules as they are, this would fit: " + fitting + ".";
    }

    /// The rule with the longest duration of its unit with which the policy is admitted; none if not even one
    /// day, week, month or year is.
    Optional<RetentionRule> largestThatFits(
            BackupSchedule schedule, RetentionRules retention, RetentionRule rule, Instant from) {
        int fits = 0;
        int tooMany = rule.duration().count();
        while (tooMany - fits > 1) {
            int middle = fits + (tooMany - fits) / 2;
            RetentionRules shorter =
                    retention.with(new RetentionRule(rule.tag(), rule.duration().withCount(middle)));
            boolean admitted = new PeakSearch(new PolicySimulation(schedule, shorter), from)
                            .run(cap())
                            .livePoints()
                    <= cap();
            fits = admitted ? middle : fits;
            tooMany = admitted ? tooMany : middle;
        }
        return fits == 0
                ? Optional.empty()
                : Optional.of(new RetentionRule(rule.tag(), rule.duration().withCount(fits)));
    }

    private int cap() {
        return limits.scheduledSnapshotCap();
    }
}
