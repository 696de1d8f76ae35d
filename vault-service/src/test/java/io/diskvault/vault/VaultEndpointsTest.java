package io.diskvault.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class VaultEndpointsTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(database.fresh(directory));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aVaultIsMadeOnceReadAndDeleted() {
        assertEquals(201, server.put("/api/v1/backup-vaults/prod", "{}").status());
        TestServer.Answer again = server.put("/api/v1/backup-vaults/prod", "{}");
        assertEquals(200, again.status());
        assertEquals(again.body(), server.get("/api/v1/backup-vaults/prod").body());
        assertEquals(204, server.delete("/api/v1/backup-vaults/prod").status());
        TestServer.Answer gone = server.get("/api/v1/backup-vaults/prod");
        assertEquals(404, gone.status());
        assertEquals("UserErrorBackupVaultNotFound", gone.code());
        assertEquals(201, server.put("/api/v1/backup-vaults/prod", "{}").status());
    }

    @Test
    void aListIsReadToItsEndByCursors() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.addFirst("vault-" + i);
            assertEquals(
                    201, server.put("/api/v1/backup-vaults/vault-" + i, "{}").status());
        }
        List<String> listed = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            TestServer.Answer page = server.get("/api/v1/backup-vaults?limit=3" + cursor);
            page.body().get("items").forEach(item -> listed.add(item.get("name").asText()));
            cursor = page.body().get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.body().get("nextCursor").asText();
            pages++;
        } while (!cursor.isEmpty());
        assertEquals(3, pages);
        assertEquals(7, listed.size());
        assertTrue(listed.containsAll(made));
    }

    private static String softDelete(TestServer.Answer answer) {
        return answer.body().get("softDelete").toString();
    }

    private TestServer.Answer put(String softDelete) {
        return server.put("/api/v1/backup-vaults/prod", "{\"softDelete\":" + softDelete + "}");
    }

    @Test
    void softDeleteIsOnUnlessSaidOtherwise() {
        TestServer.Answer made = server.put("/api/v1/backup-vaults/prod", "{}");
        assertEquals("{\"state\":\"On\",\"retentionDays\":14}", softDelete(made));
        assertEquals(
                "{\"state\":\"Off\",\"retentionDays\":30}",
                softDelete(put("{\"state\":\"Off\",\"retentionDays\":30}")));
        TestServer.Answer untouched = server.put("/api/v1/backup-vaults/prod", "{}");
        assertEquals("{\"state\":\"Off\",\"retentionDays\":30}", softDelete(untouched));
        assertEquals("{\"state\":\"On\",\"retentionDays\":14}", softDelete(put("{\"state\":\"On\"}")));
    }

    @Test
    void whatIsAlwaysOnStaysOnAndIsNeverShortened() {
        server.put("/api/v1/backup-vaults/prod", "{}");
        assertEquals(200, put("{\"state\":\"AlwaysOn\",\"retentionDays\":30}").status());
        for (String less : List.of(
                "{\"state\":\"On\",\"retentionDays\":30}",
                "{\"state\":\"Off\",\"retentionDays\":30}",
                "{\"state\":\"AlwaysOn\",\"retentionDays\":29}")) {
            TestServer.Answer refused = put(less);
            assertEquals(409, refused.status());
            assertEquals("UserErrorDisableSoftDeleteNotAllowed", refused.code());
        }
        assertEquals(
                "{\"state\":\"AlwaysOn\",\"retentionDays\":180}",
                softDelete(put("{\"state\":\"AlwaysOn\",\"retentionDays\":180}")));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        for (String wrong : List.of(
                "{}",
                "{\"state\":\"Sometimes\"}",
                "{\"state\":\"On\",\"retentionDays\":13}",
                "{\"state\":\"On\",\"retentionDays\":181}")) {
            TestServer.Answer refused = put(wrong);
            assertEquals(422, refused.status(), wrong);
            assertTrue(refused.body().get("detail").asText().contains("softDelete"), wrong);
        }
        assertEquals(400, put("{\"days\":14}").status());
        assertEquals(404, server.get("/api/v1/backup-vaults/prod").status());
    }
}
