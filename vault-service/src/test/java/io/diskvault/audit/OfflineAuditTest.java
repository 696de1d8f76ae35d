package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.audit.EventRows.Exported;
import io.diskvault.audit.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who has the server answers with an export that is not what happened.
final class OfflineAuditTest {
    private static final int COUNT = 20;
    private static final int SIGNED = 15;
    private static final long START = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();

    @TempDir
    private Path directory;

    private final List<Exported> history = new ArrayList<>();
    private List<PublicKey> keys = List.of();
    private Path checkpoints = Path.of("");

    /// Two streams; one event took long and was linked after the two behind it. The first fifteen are signed.
    @BeforeEach
    void write() throws IOException {
        ChainLink last = null;
        for (int i = 1; i <= COUNT; i++) {
            int index = i == 4 ? 6 : i == 5 ? 4 : i == 6 ? 5 : i;
            AuditedEvent event = event(index, "{\"name\" : \"Zoë\", \"number\":" + index + "}");
            last = ChainLink.after(last, event, START + i * 1000L);
            history.add(new Exported(event, last));
        }
        SigningKey key = new SigningKey(directory.resolve("server"));
        keys = List.of(key.publicKey());
        checkpoints = Files.createDirectories(directory.resolve("store/audit"));
        ChainLink head = Objects.requireNonNull(history.get(SIGNED - 1).link());
        Checkpoint signed = Checkpoint.sign(1, head, Instant.ofEpochMilli(START), Checkpoint.NONE, key);
        Files.writeString(checkpoints.resolve(signed.fileName()), signed.text());
        history.sort((one, other) ->
                Long.compare(one.event().globalIndex(), other.event().globalIndex()));
    }

    private static AuditedEvent event(long index, String payload) {
        return new AuditedEvent(
                index,
                "BackupVault",
                index % 2 == 0 ? "vault:even" : "vault:odd",
                (index - 1) / 2,
                "event-" + index,
                "2026-11-21T12:00:00.000Z",
                "vault.changed",
                null,
                payload.getBytes(UTF_8),
                "{\"principal\":\"alice\"}".getBytes(UTF_8));
    }

    private AuditReport check() throws IOException {
        Path export = directory.resolve("export.jsonl");
        List<String> lines = new ArrayList<>();
        for (Exported exported : history) {
            lines.add(new String(ExportLine.write(exported), UTF_8));
        }
        Files.write(export, lines);
        return OfflineAudit.check(List.of(export), keys, List.of(directory.resolve("store")));
    }

    private Set<Kind> kinds() throws IOException {
        return check().findings().stream().map(Finding::kind).collect(Collectors.toSet());
    }

    /// Links everything anew behind a change, as who has the server can.
    private void linkAnew() {
        ChainLink last = null;
        for (int i = 0; i < history.size(); i++) {
            last = ChainLink.after(last, history.get(i).event(), START + i * 1000L);
            history.set(i, new Exported(history.get(i).event(), last));
        }
    }

    @Test
    void whatHappenedIsIntact() throws IOException {
        AuditReport report = check();
        assertTrue(report.intact(), report::toString);
        assertEquals(COUNT, report.events());
        assertEquals(SIGNED, report.signedEvents());
        assertEquals(COUNT, report.lastGlobalIndex());
        assertEquals(2, report.late());
        assertEquals(Objects.requireNonNull(history.getLast().link()).hash(), report.hash());
    }

    @Test
    void aChangedEventIsFound() throws IOException {
        history.set(
                9, new Exported(event(10, "{\"name\":\"Zoë\"}"), history.get(9).link()));
        AuditReport report = check();
        assertEquals(1, report.findingCount(), report::toString);
        assertEquals(Kind.CHANGED, report.findings().getFirst().kind());
        assertEquals(10, report.findings().getFirst().globalIndex());
    }

    @Test
    void aHistoryThatWasLinkedAnewIsFoundByItsCheckpoint() throws IOException {
        history.set(9, new Exported(event(10, "{}"), null));
        linkAnew();
        assertEquals(Set.of(Kind.REWRITTEN), kinds());
    }

    @Test
    void aRemovedEventIsFoundAlsoWhenAllIsLinkedAnew() throws IOException {
        history.remove(9);
        assertEquals(Set.of(Kind.LINKS_MISSING, Kind.REMOVED), kinds());
        linkAnew();
        assertEquals(Set.of(Kind.REWRITTEN, Kind.REMOVED), kinds());
    }

    @Test
    void aBeginningThatIsMissingIsFound() throws IOException {
        history.subList(0, 3).clear();
        assertTrue(kinds().contains(Kind.LINKS_MISSING));
    }

    @Test
    void anAddedEventIsFound() throws IOException {
        history.add(10, new Exported(event(100, "{}"), null));
        assertTrue(kinds().contains(Kind.ADDED));
        history.remove(10);
        history.add(history.getLast());
        assertTrue(kinds().containsAll(Set.of(Kind.ADDED, Kind.REORDERED)));
        history.removeLast();
        history.add(new Exported(event(COUNT + 1, "{}"), null));
        assertEquals(Set.of(Kind.NOT_LINKED), kinds());
    }

    @Test
    void anEventThatAppearedLongAfterItsNeighboursIsFound() throws IOException {
        AuditedEvent forged = event(0, "{}");
        AuditedEvent inTheGap = new AuditedEvent(
                0,
                forged.type(),
                "vault:forged",
                0,
                "forged",
                forged.timestamp(),
                forged.payloadType(),
                null,
                forged.payload(),
                forged.metadata());
        ChainLink head = history.getLast().link();
        history.addFirst(new Exported(inTheGap, ChainLink.after(head, inTheGap, START + 90_000)));
        assertEquals(Set.of(Kind.ADDED), kinds());
    }

    @Test
    void eventsThatChangedPlacesAreFound() throws IOException {
        Collections.swap(history, 9, 12);
        assertTrue(kinds().contains(Kind.REORDERED));
    }

    @Test
    void anEndThatWasCutOffIsFoundUpToTheCheckpoint() throws IOException {
        history.subList(SIGNED - 1, COUNT).clear();
        assertEquals(Set.of(Kind.TAIL_CUT), kinds());
        history.clear();
        assertEquals(Set.of(Kind.TAIL_CUT), kinds());
    }

    @Test
    void checkpointsOfAnotherKeyAndNoneAtAllProveNothing() throws IOException {
        keys = List.of(new SigningKey(directory.resolve("thief")).publicKey());
        assertEquals(Set.of(Kind.CHECKPOINT_FORGED, Kind.CHECKPOINTS_UNREADABLE), kinds());
        for (String name : CheckpointFiles.names(checkpoints)) {
            Files.delete(checkpoints.resolve(name));
        }
        assertEquals(Set.of(Kind.CHECKPOINTS_UNREADABLE), kinds());
    }

    @Test
    void linesThatAreNoEventsAreFound() throws IOException {
        check();
        Path export = directory.resolve("export.jsonl");
        String good = Files.readAllLines(export, ISO_8859_1).getFirst();
        assertEquals(1, ExportLine.read(good).event().globalIndex());
        for (String line : List.of(
                "",
                "nonsense",
                "[]",
                "{}",
                good + good,
                good.replace("\"revision\":null,", ""),
                good.replace("\"revision\":null", "\"revision\":null,\"revision\":null"),
                good.replace("\"position\":1", "\"position\":null"))) {
            assertThrows(IOException.class, () -> ExportLine.read(line), line);
        }
        Files.writeString(export, "nonsense\n" + Files.readString(export));
        AuditReport report = OfflineAudit.check(List.of(export), keys, List.of(checkpoints));
        assertEquals(1, report.findingCount(), report::toString);
        assertTrue(report.findings().getFirst().message().startsWith("line 1 of "), report::toString);
    }

    @Test
    void aLineIsReadBackByteForByte() throws IOException {
        for (String content : new String[] {
            "{}",
            "{ \"a\" : [1, {\"b\":null}] , \"c\":\"}\\\"\\u00eb\" }",
            "{\"ë\":\"€𝄞\"}",
            "no JSON",
            "",
            "[1]",
            "{\n}",
            "\"x\"",
            "null",
            "{\"a\":1,\"a\":1}"
        }) {
            AuditedEvent event = event(7, content);
            ChainLink link = ChainLink.after(null, event, START);
            for (Exported exported : List.of(new Exported(event, link), new Exported(event, null))) {
                Exported read = ExportLine.read(new String(ExportLine.write(exported), ISO_8859_1));
                assertArrayEquals(content.getBytes(UTF_8), read.event().payload(), content);
                assertEquals(exported.link(), read.link());
                assertTrue(link.holds(null, read.event()), content);
            }
        }
        AuditedEvent bare = new AuditedEvent(1, null, "s", 0, "e", "t", "p", "r", new byte[] {'{', '}'}, null);
        Exported read = ExportLine.read(new String(ExportLine.write(new Exported(bare, null)), ISO_8859_1));
        assertNull(read.event().metadata());
        assertNull(read.event().type());
        assertEquals("r", read.event().revision());
    }

    @Test
    void severalExportsThatFollowEachOtherAreOne() throws IOException {
        check();
        List<String> lines = Files.readAllLines(directory.resolve("export.jsonl"));
        Path first = Files.write(directory.resolve("1.jsonl"), lines.subList(0, 5));
        Path second = Files.write(directory.resolve("2.jsonl"), lines.subList(5, COUNT));
        assertTrue(OfflineAudit.check(List.of(first, second), keys, List.of(checkpoints))
                .intact());
    }
}
