package io.diskvault.alert.notice;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/// The table of what is to be told.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface NoticeRows extends GenericRepository<NoticeEntity, String> {
    @Query("INSERT INTO alert_notice (id, channel, alert_id, change, body, created_at, attempts, next_attempt)"
            + " VALUES (:id, :channel, :alertId, :change, :body, :at, 0, :at) ON CONFLICT DO NOTHING")
    int add(String id, String channel, String alertId, String change, String body, Instant at);

    /// What may be told now, the oldest first. What is told of an alert waits for what was to be told of it before.
    @Query("""
            SELECT id, channel, alert_id, change, body, created_at, attempts FROM alert_notice n
            WHERE channel = :channel AND next_attempt <= :now AND NOT EXISTS
              (SELECT 1 FROM alert_notice o
               WHERE o.channel = n.channel AND o.alert_id = n.alert_id AND o.place < n.place)
            ORDER BY place LIMIT :count""")
    List<NoticeRow> due(String channel, Instant now, int count);

    /// Takes a notice for an attempt, so that no other node tells it meanwhile.
    ///
    /// @param until from when on another attempt may be made, should this one not come to an end
    /// @return 0 if somebody else has taken it
    @Query("UPDATE alert_notice SET attempts = attempts + 1, next_attempt = :until"
            + " WHERE id = :id AND attempts = :attempts")
    int take(String id, int attempts, Instant until);

    @Query("UPDATE alert_notice SET next_attempt = :at WHERE id = :id")
    int putOff(String id, Instant at);

    @Query("DELETE FROM alert_notice WHERE id = :id")
    int told(String id);

    @Query("SELECT COUNT(*) FROM alert_notice")
    long waiting();
}
