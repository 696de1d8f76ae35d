package io.diskvault.export;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.DiskClient;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exports when the server stops, on the other database.
@Timeout(120)
class ExportRestartTest {
    @Test
    void thoseWhoseTimeIsNotOverAreServedAgainUnderTheSameAddress(@TempDir Path directory) throws IOException {
        Path image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Map<String, Object> settings = Protected.settings(TestDatabase.POSTGRESQL, directory);
        settings.put(ShiftedClock.SETTING, true);
        settings.put("diskvault.exports.socket", directory.resolve("disks.sock").toString());
        settings.put("diskvault.exports.connections", 5);
        settings.put("diskvault.exports.longest-idle-timeout", "3h");
        JsonNode lasting;
        JsonNode used;
        JsonNode unused;
        try (TestServer server = TestServer.start(settings)) {
            Protected.configure(server, directory);
            Protected.backUp(server);
            lasting = create(server, "PT3H");
            assertEquals(
                    "socket=" + directory.resolve("disks.sock"), uriOf(lasting).getQuery());
            used = create(server, "PT90M");
            unused = create(server, "PT90M");
            ShiftedClock.advance(Duration.ofHours(1));
            try (DiskClient client = new DiskClient(uriOf(used))) {
                assertEquals(10, client.read(0, 10).length);
            }
        }
        assertThrows(IOException.class, () -> new DiskClient(uriOf(lasting)));
        ShiftedClock.advance(Duration.ofHours(1));
        try (TestServer server = TestServer.start(settings)) {
            JsonNode ended = awaitEnd(server, unused);
            assertEquals("Idle", ended.get("endReason").asText());
            for (JsonNode export : new JsonNode[] {lasting, used}) {
                assertEquals(export.get("uri"), show(server, export).get("uri"));
                try (DiskClient client = new DiskClient(uriOf(export))) {
                    assertArrayEquals(Files.readAllBytes(image), client.read(0, (int) client.sizeBytes()));
                }
            }
        }
    }

    private static JsonNode create(TestServer server, String idleTimeout) {
        return server.post(
                        INSTANCE_PATH + "/exports",
                        "{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"%s\"}".formatted(idleTimeout))
                .body();
    }

    private static JsonNode show(TestServer server, JsonNode export) {
        return server.get("/api/v1/exports/" + export.get("id").asText()).body();
    }

    private static JsonNode awaitEnd(TestServer server, JsonNode export) {
        JsonNode shown = show(server, export);
        while (shown.get("state").asText().equals("Active")) {
            Thread.onSpinWait();
            shown = show(server, export);
        }
        return shown;
    }

    private static URI uriOf(JsonNode export) {
        return URI.create(export.get("uri").asText());
    }
}
