package io.diskvault.app.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A history of format 1 that another program wrote after docs/audit-format.md, and openssl signed.
final class AuditCheckCommandTest {
    private static final Path GIVEN = Path.of("src", "test", "resources", "audit-1");

    @TempDir
    private Path directory;

    private Path export = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectory(directory.resolve("audit"));
        try (Stream<Path> files = Files.walk(GIVEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(GIVEN.relativize(file).toString()));
            }
        }
        export = directory.resolve("export.jsonl");
    }

    private Run check(Path exports, String... more) {
        return new Program()
                .run(Stream.concat(
                                Stream.of(
                                        "audit",
                                        "check",
                                        exports.toString(),
                                        "--public-key",
                                        directory.resolve("audit.pub").toString(),
                                        "--checkpoints",
                                        directory.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void anExportThatFitsEndsWithZero() {
        for (Path exports : List.of(export, directory)) {
            Run run = check(exports);
            assertEquals(0, run.status(), run.out() + run.err());
            assertEquals("""
                    4 events were compared with their chain; 3 of them are signed, the last time at 2026-11-21T12:12:00Z.
                    Nothing was changed, removed, added, reordered or cut off.
                    """, run.out());
        }
    }

    @Test
    void whatWasChangedEndsWithOneAndIsNamed() throws IOException {
        Files.writeString(export, Files.readString(export).replace("\"retentionDays\":30", "\"retentionDays\":3"));
        Run run = check(export);
        assertEquals(1, run.status());
        assertTrue(run.out().contains("Changed"), run.out());
        assertTrue(run.out().contains("vault:prod"), run.out());
        Run json = check(export, "--json");
        assertEquals(1, json.json().get("findingCount").asInt());
        assertEquals(13, json.json().at("/findings/0/globalIndex").asInt());
    }

    @Test
    void whatWasCutOffBeforeTheLastCheckpointIsFound() throws IOException {
        List<String> lines = Files.readAllLines(export, UTF_8);
        Files.write(export, lines.subList(0, 3));
        assertEquals(0, check(export).status());
        Files.write(export, lines.subList(0, 2));
        Run run = check(export);
        assertEquals(1, run.status());
        assertTrue(run.out().contains("TailCut"), run.out());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertEquals(1, check(directory.resolve("absent")).status());
        Files.writeString(directory.resolve("audit.pub"), "nonsense");
        Run noKey = check(export);
        assertEquals(1, noKey.status());
        assertTrue(noKey.err().contains("[NoPublicKey]"), noKey.err());
        assertEquals(2, new Program().run("audit", "check", export.toString()).status());
        assertEquals(
                2,
                new Program()
                        .run("audit", "check", export.toString(), "--checkpoints", directory.toString())
                        .status());
    }
}
