package io.diskvault.instance.view;

import io.diskvault.policy.PolicyId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;

/// The table of the policies that instances followed, one after the other.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface InstancePolicyRows extends CrudRepository<InstancePolicyRow, String> {
    /// Those of the instances that follow a policy now, earlier ones first.
    @Query("SELECT f.* FROM instance_policy f JOIN backup_instance i ON i.id = f.instance_id"
            + " WHERE i.policy = :policy ORDER BY f.since")
    List<InstancePolicyRow> ofInstancesWith(String policy);

    boolean existsByInstanceId(String instanceId);

    @Query("DELETE FROM instance_policy WHERE instance_id = :instanceId AND since >= :since")
    void forgetSince(String instanceId, Instant since);

    /// The policy that is followed since an instant, whatever was to be followed after it.
    default void changeTo(String instance, PolicyId policy, Instant since) {
        forgetSince(instance, since);
        save(InstancePolicyRow.of(instance, policy, since));
    }
}
