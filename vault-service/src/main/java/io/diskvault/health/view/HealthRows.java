package io.diskvault.health.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of what decides how instances are.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface HealthRows extends CrudRepository<HealthRow, String> {
    List<HealthRow> findByInstanceIdIn(Collection<String> instances);

    List<HealthRow> findByPolicy(String policy);

    /// Newest first, those before the given place, of all vaults or of the given ones. A filter that is null lets
    /// everything through, but no deleted instances.
    @Query("""
            SELECT instance_id, protected_since FROM instance_health
            WHERE protected_since <= :beforeTime AND (protected_since < :beforeTime OR instance_id < :beforeKey)
              AND (:all = TRUE OR vault IN (:vaults))
              AND (CAST(:vault AS VARCHAR) IS NULL OR vault = :vault)
              AND (CAST(:diskGroup AS VARCHAR) IS NULL OR disk_group = :diskGroup)
              AND (CAST(:policy AS VARCHAR) IS NULL OR policy_name = :policy)
              AND protection_state = COALESCE(CAST(:state AS VARCHAR), protection_state)
              AND (CAST(:state AS VARCHAR) IS NOT NULL OR protection_state <> 'SoftDeleted')
              AND (CAST(:health AS VARCHAR) IS NULL OR :health =
                CASE WHEN protection_state <> 'ProtectionConfigured' THEN 'NotProtected'
                     WHEN unhealthy_from <= :now THEN 'Unhealthy'
                     WHEN degraded_from <= :now THEN 'Degraded' ELSE 'Healthy' END)
            ORDER BY protected_since DESC, instance_id DESC LIMIT :count""")
    List<HealthPlace> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            List<String> vaults,
            @Nullable String vault,
            @Nullable String diskGroup,
            @Nullable String policy,
            @Nullable String state,
            @Nullable String health,
            Instant now,
            int count);

    @Query("""
            SELECT instance_id FROM instance_health
            WHERE (:all = TRUE OR vault IN (:vaults)) AND protection_state = 'ProtectionConfigured'
              AND degraded_from <= :now
            ORDER BY CASE WHEN unhealthy_from <= :now THEN 0 ELSE 1 END, degraded_from, instance_id
            LIMIT :count""")
    List<String> problems(boolean all, List<String> vaults, Instant now, int count);

    @Query("""
            SELECT health, COUNT(*) AS count, COUNT(missing) AS disk_missing FROM (
              SELECT CASE WHEN protection_state <> 'ProtectionConfigured' THEN 'NotProtected'
                          WHEN unhealthy_from <= :now THEN 'Unhealthy'
                          WHEN degraded_from <= :now THEN 'Degraded' ELSE 'Healthy' END AS health,
                     CASE WHEN failure_code = 'UserErrorManagedDiskNotFound' THEN 1 END AS missing
              FROM instance_health
              WHERE (:all = TRUE OR vault IN (:vaults)) AND protection_state <> 'SoftDeleted') instances
            GROUP BY health""")
    List<HealthCount> countByHealth(boolean all, List<String> vaults, Instant now);
}
