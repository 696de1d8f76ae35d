package io.diskvault.audit;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chain's table: it only grows.
@Singleton
class Chain implements CheckpointCheck.Links {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private static final String LINKS =
            "SELECT position, global_index, aggregate_id, sequence_number, chained_at, hash FROM audit_chain ";

    private final EventRows events;
    private final ConnectionProvider connections;
    private final Clock clock;

    Chain(EventRows events, ConnectionProvider connections, Clock clock) {
        this.events = events;
        this.connections = connections;
        this.clock = clock;
    }

    /// The newest link.
    Optional<ChainLink> head() {
        return first(LINKS + "ORDER BY position DESC LIMIT 1", _ -> {});
    }

    Optional<ChainLink> at(long position) {
        return first(LINKS + "WHERE position = ?", statement -> statement.setLong(1, position));
    }

    @Override
    public Optional<String> hashAt(long position) {
        return at(position).map(ChainLink::hash);
    }

    @Override
    public long length() {
        return head().map(ChainLink::position).orElse(0L);
    }

    /// Of the links whose events stand later in the global order, that of the first.
    Optional<ChainLink> nextByIndex(long index) {
        return first(
                LINKS + "WHERE global_index > ? ORDER BY global_index LIMIT 1",
                statement -> statement.setLong(1, index));
    }

    boolean has(long index) {
        return first(LINKS + "WHERE global_index = ?", statement -> statement.setLong(1, index))
                .isPresent();
    }

    /// Whether all events up to a place in the global order are most likely linked.
    boolean reaches(long index) {
        return first(
                        LINKS + "WHERE global_index >= ? ORDER BY global_index LIMIT 1",
                        statement -> statement.setLong(1, index))
                .isPresent();
    }

    private Optional<ChainLink> first(String sql, EventRows.Parameters parameters) {
        return events.query(sql, parameters, row -> EventRows.linkAt(row, 1)).stream()
                .findFirst();
    }

    /// Links events in the given order. Part of the caller's transaction; two nodes that come at once collide at the
    /// position, and one of them starts over.
    void append(List<String> ids) throws SQLException {
        Map<String, AuditedEvent> found = events.find(ids);
        List<ChainLink> links = new ArrayList<>();
        ChainLink last = head().orElse(null);
        for (String id : ids) {
            AuditedEvent event = found.get(id);
            if (event == null) {
                // Whoever took it away was faster; the verification misses it in its stream.
                LOG.error("event {} was removed before it could be linked to the audit chain", id);
            } else {
                last = ChainLink.after(last, event, clock.millis());
                links.add(last);
            }
        }
        insert(links);
    }

    private void insert(List<ChainLink> links) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO audit_chain"
                        + " (position, global_index, aggregate_id, sequence_number, chained_at, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            for (ChainLink link : links) {
                insert.setLong(1, link.position());
                insert.setLong(2, link.globalIndex());
                insert.setString(3, link.stream());
                insert.setLong(4, link.sequenceNumber());
                insert.setLong(5, link.chainedAt());
                insert.setString(6, link.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
