package io.diskvault.policy;

import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the scheduler asks about policies. The answers follow the events some milliseconds behind.
@Singleton
public class PolicySchedules {
    private final PolicyRows rows;

    PolicySchedules(PolicyRows rows) {
        this.rows = rows;
    }

    /// A policy's schedule.
    ///
    /// @param version of the policy
    /// @param since when the schedule became the policy's; slots up to this instant are not the policy's
    public record Scheduled(PolicyId policy, long version, BackupSchedule schedule, Instant since) {
        static Scheduled of(PolicyRow row) {
            return new Scheduled(row.policyId(), row.version(), row.backupSchedule(), row.scheduleSince());
        }
    }

    /// The schedule of one policy, if it is there.
    public Optional<Scheduled> find(PolicyId policy) {
        return rows.findById(policy.path()).map(Scheduled::of);
    }

    /// The schedules of all policies.
    public List<Scheduled> all() {
        return rows.findAll().stream().map(Scheduled::of).toList();
    }
}
