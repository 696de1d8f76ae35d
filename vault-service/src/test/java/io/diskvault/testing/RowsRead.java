package io.diskvault.testing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/// How many rows H2 reads for a query. PostgreSQL finds more ways to use an index than H2, so H2 is asked.
///
/// @param plan how it goes about it
/// @param ofEachTable in the order of the plan
public record RowsRead(String plan, List<Integer> ofEachTable) {
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    /// @param explained begins with `EXPLAIN ANALYZE`
    public static RowsRead by(PreparedStatement explained) throws SQLException {
        try (ResultSet plan = explained.executeQuery()) {
            plan.next();
            String text = plan.getString(1);
            return new RowsRead(
                    text,
                    SCANNED.matcher(text)
                            .results()
                            .map(count -> Integer.parseInt(count.group(1)))
                            .toList());
        }
    }

    public int most() {
        return ofEachTable.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    public int together() {
        return ofEachTable.stream().mapToInt(Integer::intValue).sum();
    }
}
