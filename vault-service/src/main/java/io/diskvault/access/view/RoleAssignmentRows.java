package io.diskvault.access.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of role assignments.
///
/// Assignments end with what they are about: the views of vaults, resource groups and disks remove them here when one
/// is deleted. All views go through history together, so one that is made anew under the same name begins with none.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RoleAssignmentRows extends CrudRepository<RoleAssignmentRow, UUID> {
    List<RoleAssignmentRow> findByPrincipal(String principal);

    Optional<RoleAssignmentRow> findFirstByPrincipalAndRoleAndScope(String principal, String role, String scope);

    long countByRoleAndScope(String role, String scope);

    /// Newest first, those before the given place: all, or those at the given scopes and at disks in them.
    @Query("""
            SELECT * FROM role_assignment
            WHERE (created_at, CAST(id AS VARCHAR(36))) < (:beforeTime, :beforeKey)
              AND (:everywhere = TRUE OR scope IN (:scopes)
                OR 'group:' || SUBSTRING(scope FROM 6 FOR GREATEST(POSITION('/' IN scope) - 6, 0)) IN (:scopes))
            ORDER BY created_at DESC, CAST(id AS VARCHAR(36)) DESC LIMIT :count""")
    List<RoleAssignmentRow> listBefore(
            Instant beforeTime, String beforeKey, boolean everywhere, List<String> scopes, int count);

    long deleteByScope(String scope);

    long deleteByPrincipal(String principal);
}
