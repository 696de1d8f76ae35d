package io.diskvault.guard.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of approval requests.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ApprovalRows extends CrudRepository<ApprovalRow, UUID> {
    List<ApprovalRow> findByRequesterAndResourceOrderByRequestedAt(String requester, String resource);

    /// How many requests of a principal can still be approved.
    @Query("SELECT COUNT(*) FROM approval_request"
            + " WHERE requester = :requester AND status = 'Requested' AND expires_at > :now")
    long countOpen(String requester, Instant now);

    /// Newest first, those before the given place: all, or those at the given scopes and the principal's own. An end
    /// that is past makes a request or an approval expired.
    @Query("""
            SELECT * FROM approval_request
            WHERE (requested_at, CAST(id AS VARCHAR(36))) < (:beforeTime, :beforeKey)
              AND (:all = TRUE OR requester = :principal OR 'guard:' || guard IN (:scopes))
              AND (CAST(:status AS VARCHAR) IS NULL OR :status = CASE
                WHEN status = 'Requested' AND expires_at <= :now THEN 'Expired'
                WHEN status = 'Approved' AND usable_until <= :now THEN 'Expired'
                ELSE status END)
            ORDER BY requested_at DESC, CAST(id AS VARCHAR(36)) DESC LIMIT :count""")
    List<ApprovalRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            String principal,
            List<String> scopes,
            @Nullable String status,
            Instant now,
            int count);

    @Query("UPDATE approval_request SET status = :status, approver = :approver, decided_at = :at,"
            + " usable_until = :usableUntil WHERE id = :id")
    int decide(UUID id, String status, String approver, Instant at, @Nullable Instant usableUntil);

    @Query("UPDATE approval_request SET status = 'Cancelled', decided_at = :at WHERE id = :id")
    int cancel(UUID id, Instant at);

    @Query("UPDATE approval_request SET status = 'Used', used_at = :at WHERE id = :id")
    int use(UUID id, Instant at);
}
