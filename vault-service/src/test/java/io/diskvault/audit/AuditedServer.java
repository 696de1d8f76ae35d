package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.audit.EventRows.Linked;
import io.diskvault.audit.Finding.Kind;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// A server with a history of which a part is signed, for somebody who can write its database; the history is put right
/// again after each test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
abstract class AuditedServer {
    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    Path place;
    TestServer server;

    /// A vault is changed three times, all of it signed; then two vaults are made and a slow event appears between
    /// them, which is not.
    @BeforeParameterizedClassInvocation
    void start() throws SQLException {
        place = directory.resolve(database.name());
        Map<String, Object> settings = new HashMap<>(Protected.settings(database, place));
        settings.put("diskvault.audit.checkpoint-every", "1d");
        Protected.makeDisk(place, "web-1.img", 1, 1 << 12);
        server = TestServer.start(settings);
        Protected.configure(server, place);
        for (int days = 8; days <= 10; days++) {
            server.put(
                    Protected.VAULT_PATH,
                    "{\"softDelete\":{\"state\":\"On\",\"retentionDays\":%d}}".formatted(days + 10));
        }
        assertTrue(verify().intact(), () -> verify().toString());
        server.part(Checkpoints.class).take();
        try (Connection slow = connect()) {
            slow.setAutoCommit(false);
            storeSlowly(slow);
            server.put("/api/v1/backup-vaults/late-1", "{}");
            assertEquals("vault:late-1", linkedLast(verify()));
            slow.commit();
        }
        server.put("/api/v1/backup-vaults/late-2", "{}");
        assertTrue(verify().intact());
        sql("CREATE TABLE event_before AS SELECT * FROM domain_event");
        sql("CREATE TABLE chain_before AS SELECT * FROM audit_chain");
    }

    /// As another node does whose transaction takes long: its place in the global order stays empty meanwhile.
    static void storeSlowly(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO domain_event (aggregate_id,"
                + " sequence_number, aggregate_type, event_id, occurred_at, payload_type, payload_revision, payload,"
                + " meta_data) VALUES ('token:slow', 0, 'ApiToken', 'slow', ?,"
                + " 'token.revoked', '1', ?, ?)")) {
            insert.setString(1, EventRows.time(Instant.now()));
            insert.setBytes(
                    2,
                    "{\"token\":\"00000000-0000-4000-8000-00000000000f\",\"at\":\"2026-01-01T00:00:00Z\"}"
                            .getBytes(UTF_8));
            insert.setBytes(3, "{}".getBytes(UTF_8));
            insert.executeUpdate();
        }
    }

    String linkedLast(AuditReport report) {
        assertTrue(report.intact(), report::toString);
        return head().stream();
    }

    Connection connect() throws SQLException {
        return DelegatingDataSource.unwrapDataSource(server.part(DataSource.class))
                .getConnection();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @AfterEach
    void putRight() throws SQLException {
        sql("DELETE FROM domain_event");
        sql("DELETE FROM audit_chain");
        sql("INSERT INTO domain_event SELECT * FROM event_before");
        sql("INSERT INTO audit_chain SELECT * FROM chain_before");
    }

    @BeforeEach
    void isRight() {
        AuditReport report = verify();
        assertTrue(report.intact(), report::toString);
    }

    int sql(String statement, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            int count = prepared.execute() ? 0 : prepared.getUpdateCount();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return count;
        }
    }

    AuditReport verify() {
        return server.part(Audit.class).verify(List.of(), List.of());
    }

    ChainLink head() {
        return server.part(Chain.class).head().orElseThrow();
    }

    List<Linked> history() {
        return server.part(EventRows.class).linksAfter(0);
    }

    /// The second event of the vault.
    ChainLink victim() {
        return history().stream()
                .map(Linked::link)
                .filter(link -> link.stream().equals("vault:prod") && link.sequenceNumber() == 1)
                .findFirst()
                .orElseThrow();
    }

    static Set<Kind> kinds(AuditReport report) {
        return report.findings().stream().map(Finding::kind).collect(Collectors.toSet());
    }

    static void finds(Kind kind, ChainLink where, AuditReport report) {
        assertEquals(1, report.findingCount(), report::toString);
        Finding finding = report.findings().getFirst();
        assertEquals(kind, finding.kind());
        assertEquals(where.globalIndex(), finding.globalIndex());
        assertEquals(where.stream(), finding.stream());
        assertEquals(where.sequenceNumber(), finding.sequenceNumber());
    }

    List<Path> files(String suffix) {
        try (Stream<Path> files = Files.list(place.resolve("store/audit"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
