package io.diskvault.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskvault.audit.EventRows.Linked;
import io.diskvault.audit.Finding.Kind;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody who can write the database tampers with it in every way.
@ParameterizedClass
@EnumSource
class AuditTest extends AuditedServer {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void anUntouchedHistoryIsIntactAndCompletelyLinked() {
        AuditReport report = verify();
        assertEquals(history().size(), report.events());
        assertEquals(head().hash(), report.hash());
        assertEquals(1, report.checkpoints());
        assertEquals(report.events() - 3, report.signedEvents());
        assertEquals(1, report.late(), "the one whose transaction took long");
    }

    @Test
    void aChangeOfAnyColumnIsFound() throws SQLException {
        ChainLink victim = victim();
        for (String change : List.of(
                "payload = CAST('{}' AS BYTEA)",
                "meta_data = CAST('{}' AS BYTEA)",
                "meta_data = NULL",
                "occurred_at = '2026-01-01T00:00:00.000Z'",
                "payload_type = 'vault.deleted'",
                "payload_revision = '2'",
                "payload_revision = NULL",
                "event_id = 'another'",
                "aggregate_type = 'Disk'")) {
            assertEquals(1, sql("UPDATE domain_event SET " + change + " WHERE global_index = ?", victim.globalIndex()));
            finds(Kind.CHANGED, victim, verify());
            putRight();
        }
    }

    @Test
    void anEventThatWasRemovedIsFoundInTheMiddleAndAtTheEnd() throws SQLException {
        for (ChainLink removed : List.of(victim(), head())) {
            sql("DELETE FROM domain_event WHERE global_index = ?", removed.globalIndex());
            AuditReport report = verify();
            report = onlyOf(Kind.REMOVED, report);
            finds(Kind.REMOVED, removed, report);
            putRight();
        }
    }

    /// Beside what is expected, the end may be found to be cut off.
    private static AuditReport onlyOf(Kind kind, AuditReport report) {
        List<Finding> others = report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
        assertTrue(Set.of(kind, Kind.TAIL_CUT).containsAll(kinds(report)), report::toString);
        return new AuditReport(
                false,
                report.events(),
                report.lastGlobalIndex(),
                report.hash(),
                report.late(),
                report.checkpoints(),
                report.signedEvents(),
                report.signedTime(),
                others.size(),
                others);
    }

    /// With the link, the chain is broken behind it; in the stream there is a gap.
    @Test
    void anEventThatWasRemovedWithItsLinkIsFound() throws SQLException {
        ChainLink victim = victim();
        sql("DELETE FROM domain_event WHERE global_index = ?", victim.globalIndex());
        sql("DELETE FROM audit_chain WHERE global_index = ?", victim.globalIndex());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.LINKS_MISSING, Kind.REMOVED), kinds(report), report::toString);
    }

    private void addAt(long index, String at) throws SQLException {
        sql(
                "INSERT INTO domain_event (global_index, aggregate_id, sequence_number, aggregate_type, event_id,"
                        + " occurred_at, payload_type, payload_revision, payload, meta_data)"
                        + " SELECT ?, 'vault:forged', 0, aggregate_type, 'forged', ?, payload_type, payload_revision,"
                        + " payload, meta_data FROM domain_event WHERE aggregate_id = 'vault:prod'"
                        + " AND sequence_number = 0",
                index,
                at);
    }

    @Test
    void anEventThatWasAddedIsFound() throws SQLException {
        addAt(0, "2026-01-01T00:00:00.000Z");
        AuditReport report = verify();
        assertEquals(Set.of(Kind.ADDED), kinds(report), report::toString);
        Finding finding = report.findings().getFirst();
        assertEquals("vault:forged", finding.stream());
        assertEquals(0, finding.globalIndex());
        assertNull(finding.position());
    }

    /// In a gap that a transaction left which was taken back, the server itself links it: long after its neighbours.
    @Test
    void anEventThatWasAddedInAGapIsFoundThoughTheServerLinksIt() throws SQLException {
        addAt(0, Instant.ofEpochMilli(head().chainedAt()).toString());
        AuditedEvent forged = server.part(EventRows.class)
                .find(List.of("forged"))
                .values()
                .iterator()
                .next();
        link(ChainLink.after(head(), forged, head().chainedAt() + 30_000));
        assertTrue(verify().intact(), "a transaction may take so long");
        assertEquals(2, verify().late());
        sql("DELETE FROM audit_chain WHERE global_index = 0");
        link(ChainLink.after(head(), forged, head().chainedAt() + 90_000));
        assertEquals(Set.of(Kind.ADDED), kinds(verify()));
    }

    private void link(ChainLink link) throws SQLException {
        sql(
                "INSERT INTO audit_chain (position, global_index, aggregate_id, sequence_number, chained_at, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                link.position(),
                link.globalIndex(),
                link.stream(),
                link.sequenceNumber(),
                link.chainedAt(),
                link.hash());
    }

    @Test
    void eventsThatChangedPlacesAreFound() throws SQLException {
        ChainLink one = victim();
        ChainLink other = head();
        move(one.globalIndex(), -1);
        move(other.globalIndex(), one.globalIndex());
        move(-1, other.globalIndex());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.REORDERED), kinds(report), report::toString);
        assertEquals(
                Set.of(one.stream(), other.stream()),
                report.findings().stream().map(Finding::stream).collect(Collectors.toSet()));
    }

    private void move(long from, long to) throws SQLException {
        assertEquals(1, sql("UPDATE domain_event SET global_index = ? WHERE global_index = ?", to, from));
    }

    @Test
    void aTailThatWasCutOffWithItsLinksIsFoundByTheCheckpoint() throws SQLException {
        ChainLink victim = victim();
        sql("DELETE FROM domain_event WHERE global_index >= ?", victim.globalIndex());
        sql("DELETE FROM audit_chain WHERE global_index >= ?", victim.globalIndex());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.TAIL_CUT), kinds(report), report::toString);
        assertTrue(
                report.findings().stream()
                        .anyMatch(finding -> finding.message().contains(".checkpoint")
                                && finding.message().contains("the chain ends with " + (victim.position() - 1))),
                report::toString);
    }

    /// Nothing signed says so; but the projections have read it.
    @Test
    void aTailThatWasCutOffAfterTheCheckpointIsFoundByWhoHasReadIt() throws SQLException {
        ChainLink head = head();
        sql("DELETE FROM domain_event WHERE global_index = ?", head.globalIndex());
        sql("DELETE FROM audit_chain WHERE global_index = ?", head.globalIndex());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.TAIL_CUT), kinds(report), report::toString);
        assertEquals(1, report.findingCount());
    }

    @Test
    void aChainThatWasWrittenAnewIsFoundByTheCheckpoint() throws SQLException {
        ChainLink victim = victim();
        sql("UPDATE domain_event SET payload = CAST('{}' AS BYTEA) WHERE global_index = ?", victim.globalIndex());
        writeAnewFrom(victim.position());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.REWRITTEN), kinds(report), report::toString);
        assertTrue(report.findings().getFirst().message().contains(".checkpoint"));
        String before = files(".checkpoint").toString();
        server.part(Checkpoints.class).take();
        assertEquals(before, files(".checkpoint").toString(), "what does not fit is not signed");
    }

    private void writeAnewFrom(long position) throws SQLException {
        ChainLink last = null;
        for (Linked linked : history()) {
            ChainLink link = linked.link();
            if (link.position() >= position) {
                link = ChainLink.after(last, Objects.requireNonNull(linked.event()), link.chainedAt());
                sql("UPDATE audit_chain SET hash = ? WHERE position = ?", link.hash(), link.position());
            }
            last = link;
        }
    }

    @Test
    void aHashThatWasChangedIsFound() throws SQLException {
        ChainLink victim = victim();
        sql("UPDATE audit_chain SET hash = 'nonsense' WHERE position = ?", victim.position());
        AuditReport report = verify();
        assertEquals(Set.of(Kind.CHANGED), kinds(report), report::toString);
        assertEquals(victim.position(), report.findings().getFirst().position());
    }

    @Test
    void checkpointsThatWereChangedOrSignedByOthersAreFound() throws IOException {
        Path file = files(".checkpoint").getFirst();
        String text = Files.readString(file);
        Files.writeString(file, text.replace("events ", "events 1"));
        assertEquals(Set.of(Kind.CHECKPOINT_FORGED), kinds(verify()));
        Files.writeString(file, "nonsense");
        assertEquals(Set.of(Kind.CHECKPOINT_FORGED), kinds(verify()));
        Path elsewhere = Files.createDirectories(place.resolve("thief"));
        Checkpoint forged = Checkpoint.sign(1, head(), Instant.EPOCH, Checkpoint.NONE, new SigningKey(elsewhere));
        Files.writeString(file, forged.text());
        assertEquals(Set.of(Kind.CHECKPOINT_FORGED), kinds(verify()));
        Files.writeString(file, text);
        assertTrue(verify().intact());
    }

    @Test
    void checkpointsKeptElsewhereCountByTheKeyKeptElsewhere() throws Exception {
        String checkpoint = Files.readString(files(".checkpoint").getFirst());
        String key = Files.readString(files(".pub").getFirst());
        String body = JSON.writeValueAsString(Map.of("publicKeys", List.of(key), "checkpoints", List.of(checkpoint)));
        Answer answer = server.post("/api/v1/audit/verification", body);
        assertEquals(200, answer.status(), () -> answer.body().toString());
        assertTrue(answer.body().get("intact").asBoolean(), () -> answer.body().toString());
        assertEquals(2, answer.body().get("checkpoints").asInt());
        assertEquals(
                key,
                server.get("/api/v1/audit/public-key").body().get("publicKey").asText());
        assertEquals(
                422,
                server.post("/api/v1/audit/verification", "{\"publicKeys\":[\"x\"]}")
                        .status());
    }

    @Test
    void theEngineLeavesCheckpointsAlone() throws Exception {
        Datastore datastore = server.part(Datastores.class).open(place.resolve("store"));
        String before = files("").toString();
        assertTrue(datastore.verify(VerifyOptions.FULL, Watch.NONE).isClean());
        datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        assertEquals(before, files("").toString());
    }

    @Test
    void theExportHasAllThatIsHashed() throws Exception {
        String[] lines = export("");
        assertEquals(history().size(), lines.length);
        JsonNode last = JSON.readTree(lines[lines.length - 1]);
        assertEquals(head().hash(), last.get("hash").asText());
        assertEquals("vault:late-2", last.get("stream").asText());
        assertEquals("administrator", last.get("metadata").get("principal").asText());
        assertTrue(last.get("payload").isObject());
        assertEquals(0, export("?to=2020-01-01T00:00:00Z").length);
        assertEquals(0, export("?from=2999-01-01T00:00:00Z").length);
        String time = JSON.readTree(lines[0]).get("timestamp").asText();
        assertTrue(export("?from=" + time).length == lines.length);
        assertTrue(export("?to=" + time).length == 0);
    }

    @Test
    void withoutTheServerTheExportSaysTheSame() throws Exception {
        Path export = Files.write(place.resolve("export.jsonl"), List.of(export("")));
        PublicKey key = OfflineAudit.parseKey(Files.readString(files(".pub").getFirst()));
        assertEquals(verify(), OfflineAudit.check(List.of(export), List.of(key), List.of(place.resolve("store"))));
    }

    private String[] export(String query) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/audit/events" + query))
                                .header("Authorization", "Bearer " + TestServer.TOKEN)
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return response.body().isEmpty() ? new String[0] : response.body().split("\n");
    }
}
