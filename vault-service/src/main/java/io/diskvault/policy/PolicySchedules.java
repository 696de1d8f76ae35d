package io.diskvault.policy;

import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.policy.view.PolicyScheduleRow;
import io.diskvault.policy.view.PolicyScheduleRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the scheduler asks about policies. The answers follow the events some milliseconds behind.
@Singleton
public class PolicySchedules {
    private final PolicyRows rows;
    private final PolicyScheduleRows schedules;

    PolicySchedules(PolicyRows rows, PolicyScheduleRows schedules) {
        this.rows = rows;
        this.schedules = schedules;
    }

    /// A policy's schedule.
    ///
    /// @param version of the policy
    /// @param timeline the schedules that it had, and this one
    public record Scheduled(PolicyId policy, long version, BackupSchedule schedule, SlotTimeline timeline) {
        static Scheduled of(PolicyRow row, List<PolicyScheduleRow> schedules) {
            return new Scheduled(row.policyId(), row.version(), row.backupSchedule(), timelineOf(schedules));
        }
    }

    /// The schedule of one policy, if it is there.
    public Optional<Scheduled> find(PolicyId policy) {
        return rows.findById(policy.path()).map(row -> Scheduled.of(row, schedules.ofPolicy(policy.path())));
    }

    /// The schedules of all policies.
    public List<Scheduled> all() {
        Map<String, List<PolicyScheduleRow>> ofPolicies =
                schedules.ofAllPolicies().stream().collect(Collectors.groupingBy(PolicyScheduleRow::policy));
        return rows.findAll().stream()
                .map(row -> Scheduled.of(row, ofPolicies.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /// The schedules that a policy had, also if it is gone.
    public SlotTimeline timeline(PolicyId policy) {
        return timelineOf(schedules.ofPolicy(policy.path()));
    }

    private static SlotTimeline timelineOf(List<PolicyScheduleRow> rows) {
        SlotTimeline timeline = SlotTimeline.NONE;
        for (PolicyScheduleRow row : rows) {
            timeline = timeline.changedTo(row.backupSchedule(), row.since());
        }
        return timeline;
    }
}
