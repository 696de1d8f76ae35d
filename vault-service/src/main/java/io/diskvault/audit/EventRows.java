package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/// Reads events as the database has them, beside the framework: what is hashed must not go through any conversion.
@Singleton
class EventRows {
    private static final String EVENT =
            "e.global_index, e.aggregate_type, e.aggregate_id, e.sequence_number, e.event_id,"
                    + " e.occurred_at, e.payload_type, e.payload_revision, e.payload, e.meta_data";

    private static final String LINK =
            "c.position, c.global_index, c.aggregate_id, c.sequence_number, c.chained_at, c.hash";
    private static final int COLUMNS_OF_LINK = 6;

    private static final int PAGE = 500;

    /// The place in a processor's position, as the framework stores it.
    private static final Pattern INDEX = Pattern.compile("\"index\":(\\d{1,18})");

    /// Times are stored as text of one length, so that they compare as texts.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final ConnectionProvider connections;
    private final TransactionManager transactions;

    EventRows(ConnectionProvider connections, TransactionManager transactions) {
        this.connections = connections;
        this.transactions = transactions;
    }

    /// A link and the event that stands at its place in the global order, if there is one.
    record Linked(ChainLink link, @Nullable AuditedEvent event) {}

    /// An event and its link, if it has one.
    record Exported(AuditedEvent event, @Nullable ChainLink link) {}

    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /// The events with these ids, by id; those that are not there are missing.
    Map<String, AuditedEvent> find(List<String> ids) {
        String marks = String.join(",", ids.stream().map(_ -> "?").toList());
        Map<String, AuditedEvent> found = new HashMap<>();
        query(
                        "SELECT " + EVENT + " FROM domain_event e WHERE e.event_id IN (" + marks + ")",
                        statement -> {
                            for (int i = 0; i < ids.size(); i++) {
                                statement.setString(i + 1, ids.get(i));
                            }
                        },
                        row -> eventAt(row, 1))
                .forEach(event -> found.put(event.id(), event));
        return found;
    }

    /// Where a stream's event stands in the global order.
    Optional<Long> placeOf(String stream, long sequenceNumber) {
        return query(
                        "SELECT global_index FROM domain_event WHERE aggregate_id = ? AND sequence_number = ?",
                        statement -> {
                            statement.setString(1, stream);
                            statement.setLong(2, sequenceNumber);
                        },
                        row -> row.getLong(1))
                .stream()
                .findFirst();
    }

    /// The end of the global order; 0 if there is no event.
    long lastIndex() {
        return query("SELECT COALESCE(MAX(global_index), 0) FROM domain_event", _ -> {}, row -> row.getLong(1))
                .getFirst();
    }

    /// The farthest place in the global order that any part of the server has read; 0 if none has read anything.
    long readUntil() {
        return query("SELECT token FROM processor_position", _ -> {}, row -> row.getBytes(1)).stream()
                .filter(Objects::nonNull)
                .flatMap(token -> INDEX.matcher(new String(token, UTF_8)).results())
                .mapToLong(index -> Long.parseLong(index.group(1)))
                .max()
                .orElse(0);
    }

    /// The next links, in their order, each with what stands at its place.
    List<Linked> linksAfter(long position) {
        return query(
                "SELECT " + LINK + ", " + EVENT + " FROM audit_chain c LEFT JOIN domain_event e"
                        + " ON e.global_index = c.global_index WHERE c.position > ? ORDER BY c.position LIMIT " + PAGE,
                statement -> statement.setLong(1, position),
                row -> new Linked(linkAt(row, 1), optionalEventAt(row, COLUMNS_OF_LINK + 1)));
    }

    /// The next events that have no link.
    List<AuditedEvent> withoutLinkAfter(long index) {
        return query(
                "SELECT " + EVENT + " FROM domain_event e LEFT JOIN audit_chain c ON c.global_index = e.global_index"
                        + " WHERE e.global_index > ? AND c.global_index IS NULL ORDER BY e.global_index LIMIT " + PAGE,
                statement -> statement.setLong(1, index),
                row -> eventAt(row, 1));
    }

    /// The next events whose predecessor in their stream is not there.
    List<AuditedEvent> withoutPredecessorAfter(long index) {
        return query(
                "SELECT " + EVENT + " FROM domain_event e LEFT JOIN domain_event p ON p.aggregate_id = e.aggregate_id"
                        + " AND p.sequence_number = e.sequence_number - 1"
                        + " WHERE e.global_index > ? AND e.sequence_number > 0 AND p.event_id IS NULL"
                        + " ORDER BY e.global_index LIMIT " + PAGE,
                statement -> statement.setLong(1, index),
                row -> eventAt(row, 1));
    }

    /// The next events of a period, in the global order.
    ///
    /// @param from as it is stored: compared as text
    List<Exported> exportAfter(long index, String from, String to) {
        return query(
                "SELECT " + LINK + ", " + EVENT + " FROM domain_event e LEFT JOIN audit_chain c"
                        + " ON c.global_index = e.global_index WHERE e.global_index > ? AND e.occurred_at >= ?"
                        + " AND e.occurred_at < ? ORDER BY e.global_index LIMIT " + PAGE,
                statement -> {
                    statement.setLong(1, index);
                    statement.setString(2, from);
                    statement.setString(3, to);
                },
                row -> new Exported(eventAt(row, COLUMNS_OF_LINK + 1), optionalLinkAt(row)));
    }

    /// The rows of a query, in a transaction of its own unless there is one.
    <T> List<T> query(String sql, Parameters parameters, Row<T> of) {
        return transactions.fetchInTransaction(() -> {
            try (Connection connection = connections.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                try (ResultSet row = statement.executeQuery()) {
                    List<T> rows = new ArrayList<>();
                    while (row.next()) {
                        rows.add(of.of(row));
                    }
                    return rows;
                }
            } catch (SQLException failure) {
                throw new IllegalStateException("the database failed: " + failure.getMessage(), failure);
            }
        });
    }

    static ChainLink linkAt(ResultSet row, int first) throws SQLException {
        return new ChainLink(
                row.getLong(first),
                row.getLong(first + 1),
                row.getString(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getString(first + 5));
    }

    private static @Nullable ChainLink optionalLinkAt(ResultSet row) throws SQLException {
        row.getLong(1);
        return row.wasNull() ? null : linkAt(row, 1);
    }

    private static @Nullable AuditedEvent optionalEventAt(ResultSet row, int first) throws SQLException {
        row.getLong(first);
        return row.wasNull() ? null : eventAt(row, first);
    }

    private static AuditedEvent eventAt(ResultSet row, int first) throws SQLException {
        return new AuditedEvent(
                row.getLong(first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getLong(first + 3),
                row.getString(first + 4),
                row.getString(first + 5),
                row.getString(first + 6),
                row.getString(first + 7),
                row.getBytes(first + 8),
                row.getBytes(first + 9));
    }
}
