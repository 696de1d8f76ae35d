package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tag that the caller of an on-demand backup chooses.
class ChosenTagTest {
    @TempDir
    Path directory;

    @Test
    void decidesHowLongThePointIsKept() {
        try (TestServer server = TestServer.start(Protected.settings(TestDatabase.H2, directory))) {
            Protected.makeDisk(directory, "web-1.img", 4, 100_000);
            Protected.configure(server, directory);
            Answer changed = server.send("PUT", Protected.VAULT_PATH + "/backup-policies/gold", """
                    {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1D"]},
                     "retention":[{"tag":"Default","duration":"P7D"},{"tag":"Weekly","duration":"P8W"}]}""", "If-Match", "*");
            assertEquals(200, changed.status(), changed.body()::toString);
            Answer accepted = server.post(INSTANCE_PATH + "/backups", "{\"retentionTag\":\"Weekly\"}");
            String id = Protected.await(server, accepted.header("location"))
                    .get("recoveryPoint")
                    .asText();
            JsonNode point =
                    server.get(INSTANCE_PATH + "/recovery-points/" + id).body();
            assertEquals("Weekly", point.get("retentionTag").asText());
            assertEquals(2, point.get("policyVersion").asInt());
            assertEquals(
                    Duration.ofDays(56),
                    Duration.between(
                            Instant.parse(point.get("snapshotTime").asText()),
                            Instant.parse(point.get("expiryTime").asText())));

            Answer refused = server.post(INSTANCE_PATH + "/backups", "{\"retentionTag\":\"Monthly\"}");
            assertEquals(422, refused.status());
            assertTrue(
                    refused.body()
                            .get("detail")
                            .asText()
                            .endsWith("retentionTag is 'Monthly';"
                                    + " the policy 'prod/gold' has rules with the tags Default, Weekly."),
                    refused.body()::toString);
        }
    }
}
