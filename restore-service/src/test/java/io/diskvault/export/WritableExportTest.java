package io.diskvault.export;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.DiskClient;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exports that can be written to: what is written outlives the server, and goes where somebody says.
@Timeout(120)
class WritableExportTest {
    private static final String EXPORTS = "/api/v1/exports";
    private static final byte[] WRITTEN = "written".getBytes(UTF_8);
    private static final int AT = 70_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatIsWrittenIsKeptOrThrownAway(@TempDir Path directory) throws IOException {
        byte[] content = Files.readAllBytes(Protected.makeDisk(directory, "web-1.img", 1, 1 << 16));
        byte[] changed = content.clone();
        System.arraycopy(WRITTEN, 0, changed, AT, WRITTEN.length);
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put(ShiftedClock.SETTING, true);
        JsonNode export;
        JsonNode unchanged;
        String point;
        try (TestServer server = TestServer.start(settings)) {
            Protected.configure(server, directory);
            point = Protected.backUp(server).get("recoveryPoint").asText();
            export = create(server, point, true);
            unchanged = create(server, point, true);
            try (DiskClient client = new DiskClient(uriOf(export));
                    DiskClient second = new DiskClient(uriOf(export))) {
                client.write(AT, WRITTEN);
                assertArrayEquals(changed, second.read(0, changed.length));
            }
            assertEquals(content.length, sizeOf(unchanged, content));
        }
        assertEquals(2, overlays(directory));
        ShiftedClock.advance(Duration.ofHours(2));
        try (TestServer server = TestServer.start(settings)) {
            assertEquals("Idle", awaitEnd(server, unchanged).get("endReason").asText());
            doesNotEndByItself(server, export);
            keeps(server, export, changed);
            throwsAway(server, point, content);
            awaitNoOverlay(directory);
        }
    }

    private static void doesNotEndByItself(TestServer server, JsonNode export) {
        JsonNode shown = show(server, export);
        assertEquals("Active", shown.get("state").asText());
        assertEquals(1 << 16, shown.get("changedBytes").asInt());
        assertTrue(shown.get("timesOutTime").isNull());
        Answer refused = server.delete(pathOf(export));
        assertEquals("UserErrorExportHasChanges", refused.code());
        assertTrue(
                refused.body().get("detail").asText().startsWith("65536 bytes"),
                () -> refused.body().toString());
        assertEquals(422, server.delete(pathOf(export) + "?changes=keep").status());
    }

    private static void keeps(TestServer server, JsonNode export, byte[] changed) throws IOException {
        String keep = pathOf(export) + "/keep";
        assertEquals(
                "UserErrorInvalidRequest",
                server.post(keep, "{\"retentionTag\":\"Weekly\"}").code());
        try (DiskClient client = new DiskClient(uriOf(export))) {
            assertArrayEquals(changed, client.read(0, changed.length));
            Answer accepted = server.post(keep, "{\"retentionTag\":\"Default\"}");
            assertEquals(202, accepted.status(), () -> accepted.body().toString());
            assertTrue(client.isEnded());
            JsonNode job = Protected.await(server, accepted.header("location"));
            assertEquals("Completed", job.get("status").asText(), job.toString());
            assertEquals("Backup", job.get("operation").asText());
            assertEquals("Kept", awaitEnd(server, export).get("endReason").asText());
            JsonNode point = server.get(INSTANCE_PATH + "/recovery-points/"
                            + job.get("recoveryPoint").asText())
                    .body();
            assertEquals("OnDemand", point.get("kind").asText());
            assertEquals("Default", point.get("retentionTag").asText());
        }
        assertThrows(IOException.class, () -> new DiskClient(uriOf(export)));
        JsonNode again = create(server, "latest", true);
        sizeOf(again, changed);
        assertEquals(204, server.delete(pathOf(again)).status());
    }

    private static void throwsAway(TestServer server, String point, byte[] content) throws IOException {
        JsonNode export = create(server, point, true);
        try (DiskClient client = new DiskClient(uriOf(export))) {
            client.write(AT, WRITTEN);
            assertEquals(
                    "UserErrorExportHasChanges", server.delete(pathOf(export)).code());
            assertEquals(204, server.delete(pathOf(export) + "?changes=discard").status());
            assertTrue(client.isEnded());
        }
        JsonNode readOnly = create(server, point, false);
        sizeOf(readOnly, content);
        try (DiskClient client = new DiskClient(uriOf(readOnly))) {
            assertThrows(IOException.class, () -> client.write(AT, WRITTEN));
        }
        assertEquals(
                "UserErrorExportNotWritable",
                server.post(pathOf(readOnly) + "/keep", "{}").code());
    }

    /// @return how large the disk is, which has this content
    private static long sizeOf(JsonNode export, byte[] content) throws IOException {
        try (DiskClient client = new DiskClient(uriOf(export))) {
            assertArrayEquals(content, client.read(0, content.length));
            return client.sizeBytes();
        }
    }

    private static JsonNode create(TestServer server, String point, boolean writable) {
        Answer made = server.post(
                INSTANCE_PATH + "/exports", "{\"recoveryPoint\":\"%s\",\"writable\":%s}".formatted(point, writable));
        assertEquals(201, made.status(), () -> made.body().toString());
        return made.body();
    }

    private static String pathOf(JsonNode export) {
        return EXPORTS + "/" + export.get("id").asText();
    }

    private static URI uriOf(JsonNode export) {
        return URI.create(export.get("uri").asText());
    }

    private static JsonNode show(TestServer server, JsonNode export) {
        return server.get(pathOf(export)).body();
    }

    private static JsonNode awaitEnd(TestServer server, JsonNode export) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode shown = show(server, export);
        while (!shown.get("state").asText().equals("Ended")) {
            assertTrue(System.nanoTime() < deadline, shown.toString());
            LockSupport.parkNanos(20_000_000);
            shown = show(server, export);
        }
        return shown;
    }

    private static void awaitNoOverlay(Path directory) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (overlays(directory) > 0) {
            assertTrue(System.nanoTime() < deadline, "an overlay is left");
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long overlays(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data").resolve("exports"))) {
            return files.filter(file -> file.toString().endsWith(".overlay")).count();
        }
    }
}
