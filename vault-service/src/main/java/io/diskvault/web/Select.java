package io.diskvault.web;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A query of rows with those conditions that are asked for, and no others: one that lets everything through if a
/// parameter is null keeps databases from using an index for the rest.
public final class Select {
    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();
    private String joint = " WHERE ";

    private Select(String sql) {
        this.sql = new StringBuilder(sql);
    }

    /// All columns of a table.
    public static Select from(String table) {
        return new Select("SELECT * FROM " + table);
    }

    /// The rows of several queries with the same columns, ordered anew.
    public static Select union(List<Select> queries, String order, int count) {
        Select union = new Select(
                queries.stream().map(query -> "(" + query.sql + ")").collect(Collectors.joining(" UNION ALL ")));
        queries.forEach(query -> union.values.addAll(query.values));
        return union.ordered(order, count);
    }

    /// @param condition with a question mark for each value
    public Select where(String condition, Object... given) {
        sql.append(joint).append(condition);
        joint = " AND ";
        Collections.addAll(values, given);
        return this;
    }

    /// @param value null lets everything through
    public Select equal(String column, @Nullable Object value) {
        return value == null ? this : where(column + " = ?", value);
    }

    /// @param among at least one
    public Select in(String column, List<String> among) {
        String marks = among.stream().map(_ -> "?").collect(Collectors.joining(", "));
        return where(column + " IN (" + marks + ")", among.toArray());
    }

    /// Rows that a list that is newest first has after a place. H2 uses no index for a comparison of pairs.
    public Select after(Cursor place, String time, String key) {
        return where(
                "%1$s <= ? AND (%1$s < ? OR %2$s < ?)".formatted(time, key), place.time(), place.time(), place.key());
    }

    /// @param order its first columns may be those that are equal anyway: H2 follows an index only if the order has all
    ///     of its columns
    public Select ordered(String order, int count) {
        sql.append(" ORDER BY ").append(order).append(" LIMIT ").append(count);
        return this;
    }

    /// The statement, for who wants to know how the database goes about it.
    public String text() {
        return sql.toString();
    }

    /// Puts the values in the place of the question marks.
    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            statement.setObject(i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
    }

    /// Asks the database.
    @Singleton
    public static final class Runner {
        private final ConnectionOperations<Connection> connections;
        private final JdbcOperations operations;

        Runner(ConnectionOperations<Connection> connections, JdbcOperations operations) {
            this.connections = connections;
            this.operations = operations;
        }

        /// @param type a mapped row
        public <R> List<R> rows(Select query, Class<R> type) {
            return connections.executeRead(_ -> operations.prepareStatement(query.text(), statement -> {
                query.bind(statement);
                try (ResultSet found = statement.executeQuery();
                        Stream<R> rows = operations.entityStream(found, type)) {
                    return rows.toList();
                }
            }));
        }
    }
}
