package io.diskvault.link;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a link on the other database.
class LinkLifeTest {
    private static final String LINKS = "/api/v1/recovery-point-links";

    @Test
    void aLinkIsMadeUsedListedRevokedAndEndsWithItsInstance(@TempDir Path directory) throws IOException {
        Path image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        try (TestServer server = TestServer.start(Protected.settings(TestDatabase.POSTGRESQL, directory))) {
            Protected.configure(server, directory);
            Protected.switchSoftDeleteOff(server);
            String point = Protected.backUp(server).get("recoveryPoint").asText();
            JsonNode revoked = create(server, point);
            assertArrayEquals(
                    Files.readAllBytes(image),
                    Downloads.get(revoked.get("url").asText()).body());
            assertEquals(
                    204, server.delete(LINKS + "/" + revoked.get("id").asText()).status());
            JsonNode valid = create(server, point);

            String all = LINKS + "?vault=prod&instance=web-1&recoveryPoint=" + point + "&limit=1";
            JsonNode page = server.get(all).body();
            assertEquals(valid.get("id"), page.get("items").get(0).get("id"));
            JsonNode next = server.get(all + "&cursor=" + page.get("nextCursor").asText())
                    .body()
                    .get("items")
                    .get(0);
            assertEquals("Revoked", next.get("state").asText());
            assertEquals("127.0.0.1", next.get("lastUsedFrom").asText());
            assertEquals(
                    0, server.get(LINKS + "?vault=other").body().get("items").size());

            assertEquals(204, server.delete(INSTANCE_PATH).status());
            assertEquals(0, server.get(LINKS).body().get("items").size());
            assertEquals(404, Downloads.get(valid.get("url").asText()).statusCode());
        }
    }

    private static JsonNode create(TestServer server, String point) {
        return server.post(INSTANCE_PATH + "/recovery-points/" + point + "/links", "{}")
                .body();
    }
}
