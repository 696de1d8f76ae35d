package io.diskvault.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/// Reads the next events, and those that were not there yet when their places were passed.
///
/// The framework's own statement asks for both with `OR`, for which H2 reads the whole event store: at each poll of
/// each processor, as soon as one transaction that was rolled back has left a place empty.
final class GapReads {
    private GapReads() {}

    static PreparedStatement build(Connection connection, EventSchema schema, long last, int count, List<Long> gaps)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql(schema, gaps.size()));
        statement.setLong(1, last);
        statement.setLong(2, last + count);
        for (int i = 0; i < gaps.size(); i++) {
            statement.setLong(3 + i, gaps.get(i));
        }
        return statement;
    }

    static String sql(EventSchema schema, int gaps) {
        String events = "SELECT " + schema.trackedEventFields() + " FROM " + schema.domainEventTable();
        String index = schema.globalIndexColumn();
        return events + " WHERE " + index + " > ? AND " + index + " <= ? UNION ALL "
                + events + " WHERE " + index + " IN (" + String.join(", ", Collections.nCopies(gaps, "?")) + ")"
                + " ORDER BY " + index;
    }
}
