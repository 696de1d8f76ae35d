package io.diskvault.session.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of sessions. Not a projection: requests write it.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SessionRows extends CrudRepository<SessionRow, UUID> {
    /// A session lives as long as its token, which is not in its table any more when it was revoked.
    String LIVES = "s.expires_at > :now AND s.last_used > :usedAfter AND (s.token IS NULL OR EXISTS"
            + " (SELECT 1 FROM api_token t WHERE t.id = s.token AND (t.expires_at IS NULL OR t.expires_at > :now)))";

    /// @param usedAfter those that were not used since have ended
    @Query("SELECT s.* FROM web_session s WHERE s.hash = :hash AND " + LIVES)
    Optional<SessionRow> findLiving(String hash, Instant now, Instant usedAfter);

    /// Newest first, those before the given place: all, or those of one principal.
    @Query("SELECT s.* FROM web_session s WHERE (s.created_at, CAST(s.id AS VARCHAR(36))) < (:beforeTime, :beforeKey)"
            + " AND (:all = TRUE OR s.principal = :principal) AND " + LIVES
            + " ORDER BY s.created_at DESC, CAST(s.id AS VARCHAR(36)) DESC LIMIT :count")
    List<SessionRow> listBefore(
            Instant beforeTime,
            String beforeKey,
            boolean all,
            String principal,
            Instant now,
            Instant usedAfter,
            int count);

    /// @return how many rows that changed: none if it was noted after `before` already
    @Query("UPDATE web_session SET last_used = :at WHERE id = :id AND last_used < :before")
    long update(UUID id, Instant at, Instant before);

    /// Deletes those that have ended by themselves.
    @Query("DELETE FROM web_session WHERE expires_at <= :now OR last_used <= :usedAfter")
    void deleteEnded(Instant now, Instant usedAfter);

    /// Deletes all sessions of a principal but the newest.
    @Query("DELETE FROM web_session WHERE principal = :principal AND id NOT IN (SELECT s.id FROM web_session s"
            + " WHERE s.principal = :principal ORDER BY s.created_at DESC, s.id DESC LIMIT :count)")
    void deleteBut(String principal, int count);
}
