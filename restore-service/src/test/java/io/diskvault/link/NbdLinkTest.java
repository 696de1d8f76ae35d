package io.diskvault.link;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.DiskClient;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links with which a recovery point is attached as a disk.
class NbdLinkTest {
    private static final int DATA_BYTES = 1 << 20;
    private static final String LINKS = "/api/v1/recovery-point-links";

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static byte[] content = new byte[0];
    private static String point = "";

    @BeforeAll
    static void start() throws IOException {
        Path image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put(LinkClock.SETTING, true);
        settings.put("diskvault.links.nbd-port", 0);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
        content = Files.readAllBytes(image);
        point = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer ask(String body) {
        return server.post(INSTANCE_PATH + "/recovery-points/" + point + "/links", body);
    }

    private static JsonNode create(String body) {
        Answer made = ask(body);
        assertEquals(201, made.status(), () -> made.body().toString());
        return made.body();
    }

    private static URI urlOf(JsonNode link) {
        return URI.create(link.get("url").asText());
    }

    private static String pathOf(JsonNode link) {
        return LINKS + "/" + link.get("id").asText();
    }

    @Test
    void theDiskIsAsItWasThen() throws IOException {
        JsonNode link = create("{\"kind\":\"nbd\"}");
        try (DiskClient client = new DiskClient(urlOf(link));
                DiskClient second = new DiskClient(urlOf(link))) {
            assertEquals(content.length, client.sizeBytes());
            assertArrayEquals(content, client.read(0, content.length));
            assertArrayEquals(Arrays.copyOfRange(content, 70_001, 70_101), second.read(70_001, 100));
        }
        JsonNode shown = server.get(pathOf(link)).body();
        assertEquals("nbd", shown.get("kind").asText());
        assertEquals("127.0.0.1", shown.get("lastUsedFrom").asText());
    }

    @Test
    void aSecretOpensWhatItWasMadeForAndNothingElse() {
        URI disk = urlOf(create("{\"kind\":\"nbd\"}"));
        URI download = urlOf(create("{}"));
        String secret = download.getPath().substring(download.getPath().lastIndexOf('/') + 1);
        assertThrows(IOException.class, () -> new DiskClient(disk, secret));
        assertThrows(IOException.class, () -> new DiskClient(disk, ""));
        assertThrows(
                IOException.class, () -> new DiskClient(disk, disk.getPath().substring(2)));
        assertEquals(
                404,
                Downloads.get(server.url() + "/api/v1/recovery-point-downloads" + disk.getPath())
                        .statusCode());
    }

    @Test
    void revokingALinkDetachesItsDisk() throws IOException {
        JsonNode link = create("{\"kind\":\"nbd\"}");
        try (DiskClient client = new DiskClient(urlOf(link))) {
            assertEquals(10, client.read(0, 10).length);
            assertEquals(204, server.delete(pathOf(link)).status());
            assertTrue(client.isEnded());
        }
        assertThrows(IOException.class, () -> new DiskClient(urlOf(link)));
    }

    @Test
    void aDiskIsDetachedWhenItsTimeIsOver() throws IOException {
        JsonNode link = create("{\"kind\":\"nbd\",\"validFor\":\"PT30M\"}");
        try (DiskClient client = new DiskClient(urlOf(link))) {
            assertEquals(10, client.read(0, 10).length);
            LinkClock.advance(Duration.ofMinutes(30));
            assertTrue(client.isEnded());
        }
    }

    @Test
    void aDiskIsNoFileOfAnotherFormat() {
        Answer refused = ask("{\"kind\":\"nbd\",\"format\":\"vhd\"}");
        assertEquals(422, refused.status());
        assertTrue(refused.body().get("detail").asText().contains("which is raw"));
    }
}
