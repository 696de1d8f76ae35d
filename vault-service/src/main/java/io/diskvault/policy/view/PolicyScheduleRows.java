package io.diskvault.policy.view;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of the schedules that policies had, one after the other.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PolicyScheduleRows extends CrudRepository<PolicyScheduleRow, String> {
    /// Those of one policy, earlier ones first.
    @Query("SELECT * FROM policy_schedule WHERE policy = :policy ORDER BY since")
    List<PolicyScheduleRow> ofPolicy(String policy);

    /// Those of the policies that there are, earlier ones first.
    @Query("SELECT s.* FROM policy_schedule s JOIN backup_policy p ON p.id = s.policy ORDER BY s.since")
    List<PolicyScheduleRow> ofAllPolicies();

    boolean existsByPolicy(String policy);

    @Query("DELETE FROM policy_schedule WHERE policy = :policy AND since >= :since")
    void forgetSince(String policy, Instant since);

    /// The schedule that has been in force since an instant, whatever was to be in force after it.
    default void changeTo(PolicyId policy, BackupSchedule schedule, Instant since) {
        forgetSince(policy.path(), since);
        save(PolicyScheduleRow.of(policy, schedule, since));
    }
}
