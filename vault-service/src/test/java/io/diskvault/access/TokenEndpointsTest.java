package io.diskvault.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class TokenEndpointsTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    @Test
    void tokensOfOneNameAreAllListedPageByPage() {
        try (TestServer server = TestServer.start(database.fresh(directory))) {
            Set<String> issued = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                Answer token = server.post("/api/v1/tokens", "{\"name\":\"laptop\"}");
                assertEquals(201, token.status());
                issued.add(token.body().get("id").asText());
            }
            Set<String> listed = new HashSet<>();
            String cursor = "";
            do {
                Answer page = server.get("/api/v1/tokens?limit=2" + cursor);
                page.body().get("items").forEach(item -> {
                    if (item.get("name").asText().equals("laptop")) {
                        listed.add(item.get("id").asText());
                    }
                });
                cursor = page.body().get("nextCursor").isNull()
                        ? ""
                        : "&cursor=" + page.body().get("nextCursor").asText();
            } while (!cursor.isEmpty());
            assertEquals(issued, listed);
        }
    }
}
