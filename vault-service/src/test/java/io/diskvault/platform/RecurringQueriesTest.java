package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.job.view.JobRows;
import io.diskvault.testing.RowsRead;
import io.micronaut.data.annotation.Query;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the server asks for again and again must not take longer from year to year.
class RecurringQueriesTest {
    private static final int ROWS = 1000;
    private static final int FEW = 20;

    private Connection connection;

    @BeforeEach
    void makeTablesOfALongHistory() throws SQLException {
        String url = "jdbc:h2:mem:recurring;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
        connection = DriverManager.getConnection(url);
        Flyway.configure().dataSource(url, null, null).load().migrate();
        fill(
                "domain_event (aggregate_id, sequence_number, event_id, occurred_at, payload_type, payload)",
                "'job', \"X\", \"X\", '2026-01-01', 'JobQueued', CAST('' AS BYTEA)");
        fill(
                "job (id, operation, status, user_triggered, vault, instance, queued_time, attempt, warnings,"
                        + " continue_on_damage)",
                "\"X\", 'Backup', 'Completed', FALSE, 'gold', 'web', CURRENT_TIMESTAMP, 1, '', FALSE");
        fill(
                "recovery_point (id, instance_id, kind, snapshot_time, retention_tag, policy_version, expiry_time,"
                        + " change_detection, logical_bytes, used_bytes, changed_bytes, stored_bytes, expired_time)",
                "\"X\", 'gold/web', 'Scheduled', CURRENT_TIMESTAMP, 'Default', 1, CURRENT_TIMESTAMP, 'FullRead', 1, 1, 1,"
                        + " 1, CURRENT_TIMESTAMP");
        execute("ANALYZE");
    }

    @AfterEach
    void dropThem() throws SQLException {
        connection.close();
    }

    @Test
    void theEventsThatFollowAreReadWithoutThoseBefore() throws SQLException {
        String sql = GapReads.sql(EventStoreSchema.events(), 2);
        for (String place : new String[] {"990", "1990", "500", "501"}) {
            sql = sql.replaceFirst("\\?", place);
        }
        assertReadsFew(sql);
    }

    @Test
    void jobsThatStandAreFoundWithoutThoseThatEnded() {
        assertAll(Arrays.stream(new String[] {"claimed", "claimable", "oldestQueued", "countStanding"})
                .map(query -> () -> assertReadsFew(sqlOf(JobRows.class, query))));
    }

    @Test
    void recoveryPointsWhoseTimeIsUpAreFoundWithoutThoseThatExpired() throws SQLException {
        assertReadsFew(sqlOf(RecoveryPointRows.class, "instancesWithElapsedPoints"));
        assertReadsFew(sqlOf(RecoveryPointRows.class, "instancesWithScheduledPoints"));
    }

    /// A query with something in the place of each of its parameters.
    private static String sqlOf(Class<?> repository, String query) {
        String sql = Arrays.stream(repository.getMethods())
                .filter(method -> method.getName().equals(query))
                .map(method -> method.getAnnotation(Query.class).value())
                .findFirst()
                .orElseThrow();
        return Pattern.compile(":(\\w+)").matcher(sql).replaceAll(parameter -> switch (parameter.group(1)) {
            case "operations" -> "'Backup', 'Restore', 'RestoreTest'";
            case "statuses" -> "'Queued', 'InProgress', 'Cancelling'";
            case "count", "least", "perDatastore" -> "3";
            default -> "CURRENT_TIMESTAMP";
        });
    }

    private void assertReadsFew(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN ANALYZE " + sql)) {
            RowsRead read = RowsRead.by(statement);
            assertTrue(
                    read.together() <= FEW, () -> read.together() + " rows are read of " + ROWS + ": " + read.plan());
        }
    }

    private void fill(String table, String values) throws SQLException {
        execute("INSERT INTO " + table + " SELECT " + values + " FROM SYSTEM_RANGE(1, " + ROWS + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
