package io.diskvault.link;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.link.Downloads.Stalled;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links over REST, and what whoever has one can do with it.
class LinkEndpointsTest {
    private static final int DATA_BYTES = 4 << 20;
    private static final String LINKS = "/api/v1/recovery-point-links";
    private static final String DOWNLOADS = "/api/v1/recovery-point-downloads/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static byte[] first = new byte[0];
    private static byte[] second = new byte[0];
    private static String firstPoint = "";
    private static String secondPoint = "";

    @BeforeAll
    static void start() throws IOException {
        Path image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put(LinkClock.SETTING, true);
        settings.put("diskvault.links.transfers", 2);
        settings.put("diskvault.http.idle-time", "2s");
        settings.put("diskvault.sign-in.failures", 3);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
        firstPoint = Protected.backUp(server).get("recoveryPoint").asText();
        first = Files.readAllBytes(image);
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("changed".getBytes(UTF_8)), DATA_BYTES / 2);
        }
        second = Files.readAllBytes(image);
        secondPoint = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String linksOf(String point) {
        return INSTANCE_PATH + "/recovery-points/" + point + "/links";
    }

    private static JsonNode create(String point, String body) {
        Answer made = server.post(linksOf(point), body);
        assertEquals(201, made.status(), () -> made.body().toString());
        return made.body();
    }

    private static String urlOf(JsonNode link) {
        return link.get("url").asText();
    }

    private static JsonNode show(JsonNode link) {
        return server.get(LINKS + "/" + link.get("id").asText()).body();
    }

    private static void revoke(JsonNode link) {
        assertEquals(204, server.delete(LINKS + "/" + link.get("id").asText()).status());
    }

    private static String codeOf(HttpResponse<byte[]> refused) {
        String text = new String(refused.body(), UTF_8);
        return text.replaceAll("(?s).*\"code\":\"([^\"]*)\".*", "$1");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aLinkGivesTheDiskAsItWasThenAndNothingElse() {
        HttpResponse<byte[]> one = Downloads.get(urlOf(create(firstPoint, "{}")));
        HttpResponse<byte[]> other = Downloads.get(urlOf(create(secondPoint, "{}")));
        assertEquals(200, one.statusCode());
        assertArrayEquals(first, one.body());
        assertArrayEquals(second, other.body());
        assertEquals(String.valueOf(first.length), header(one, "content-length"));
        assertEquals("bytes", header(one, "accept-ranges"));
        assertEquals("application/octet-stream", header(one, "content-type"));
        assertEquals("no-store", header(one, "cache-control"));
        assertTrue(
                header(one, "content-disposition").matches("attachment; filename=\"web-1-\\d{8}T\\d{6}Z\\.img\""),
                header(one, "content-disposition"));
        assertFalse(header(one, "etag").equals(header(other, "etag")));
    }

    @Test
    void aServerWithoutAPortForDisksMakesNoLinksToAttach() {
        Answer refused = server.post(linksOf(firstPoint), "{\"kind\":\"nbd\"}");
        assertEquals(409, refused.status());
        assertEquals("UserErrorLinkNbdOff", refused.body().get("code").asText());
    }

    @Test
    void anyRangeIsThatPartOfTheDisk() {
        String url = urlOf(create(firstPoint, "{\"kind\":\"download\",\"format\":\"raw\",\"validFor\":\"PT10M\"}"));
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(first.length);
            int to = Math.min(first.length - 1, from + random.nextInt(i % 3 == 0 ? 3_000_000 : 1000));
            HttpResponse<byte[]> part = Downloads.get(url, "Range", "bytes=%d-%d".formatted(from, to));
            assertEquals(206, part.statusCode());
            assertEquals("bytes %d-%d/%d".formatted(from, to, first.length), header(part, "content-range"));
            assertArrayEquals(Arrays.copyOfRange(first, from, to + 1), part.body());
        }
        HttpResponse<byte[]> end = Downloads.get(url, "Range", "bytes=-10");
        assertArrayEquals(Arrays.copyOfRange(first, first.length - 10, first.length), end.body());
        HttpResponse<byte[]> beyond = Downloads.get(url, "Range", "bytes=%d-".formatted(first.length));
        assertEquals(416, beyond.statusCode());
        assertEquals("bytes */" + first.length, header(beyond, "content-range"));
        assertEquals("UserErrorRangeNotSatisfiable", codeOf(beyond));
    }

    @Test
    void aRangeOfAnotherFileIsNotMixedIn() {
        String url = urlOf(create(firstPoint, "{}"));
        HttpResponse<byte[]> look = Downloads.send("HEAD", url);
        assertEquals(200, look.statusCode());
        assertEquals(String.valueOf(first.length), header(look, "content-length"));
        assertEquals(0, look.body().length);
        String tag = header(look, "etag");
        assertEquals(
                206, Downloads.get(url, "Range", "bytes=0-9", "If-Range", tag).statusCode());
        HttpResponse<byte[]> whole = Downloads.get(url, "Range", "bytes=0-9", "If-Range", "\"other\"");
        assertEquals(200, whole.statusCode());
        assertArrayEquals(first, whole.body());
    }

    @Test
    void aVhdIsTheDiskAndAFooter() {
        String url = urlOf(create(firstPoint, "{\"format\":\"vhd\"}"));
        HttpResponse<byte[]> vhd = Downloads.get(url);
        assertEquals(first.length + 512, vhd.body().length);
        assertArrayEquals(first, Arrays.copyOf(vhd.body(), first.length));
        assertArrayEquals(
                Arrays.copyOfRange(vhd.body(), first.length - 100, vhd.body().length),
                Downloads.get(url, "Range", "bytes=-612").body());
        assertTrue(header(vhd, "content-disposition").endsWith(".vhd\""));
    }

    @Test
    void whatIsNoLinkAndWhatIsNoneAnyMoreAnswerTheSame() {
        JsonNode revoked = create(firstPoint, "{}");
        revoke(revoked);
        revoke(revoked);
        JsonNode expired = create(firstPoint, "{\"validFor\":\"PT1M\"}");
        assertEquals(200, Downloads.send("HEAD", urlOf(expired)).statusCode());
        LinkClock.advance(Duration.ofMinutes(1));
        HttpResponse<byte[]> never = Downloads.get(server.url() + DOWNLOADS + "dv_guess");
        HttpResponse<byte[]> over = Downloads.get(urlOf(expired));
        server.get(LINKS);
        HttpResponse<byte[]> gone = Downloads.get(urlOf(revoked));
        server.get(LINKS);
        assertEquals(404, never.statusCode());
        assertEquals("UserErrorLinkNotValid", codeOf(never));
        assertEquals(new String(never.body(), UTF_8), new String(over.body(), UTF_8));
        assertEquals(new String(never.body(), UTF_8), new String(gone.body(), UTF_8));
        assertEquals("Revoked", show(revoked).get("state").asText());
        assertEquals("Expired", show(expired).get("state").asText());
    }

    @Test
    void whoGuessesIsHeldOffAndWhoHasALinkIsNot() {
        String url = urlOf(create(firstPoint, "{}"));
        assertEquals(200, Downloads.send("HEAD", url).statusCode());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    404,
                    Downloads.get(server.url() + DOWNLOADS + "dv_guess" + i).statusCode());
        }
        assertEquals(429, Downloads.get(server.url() + DOWNLOADS + "dv_guess").statusCode());
        assertEquals(200, Downloads.send("HEAD", url).statusCode());
    }

    @Test
    void aTransferEndsWhenItsLinkIsRevoked() throws IOException {
        JsonNode link = create(firstPoint, "{}");
        try (Stalled download = new Stalled(server, urlOf(link))) {
            revoke(link);
            long bytes = download.rest();
            assertTrue(bytes < first.length - 1000, "all of it came: " + bytes);
        }
        awaitNoLease();
    }

    @Test
    void aTransferEndsWhenTheTimeOfItsLinkIsOver() throws IOException {
        JsonNode link = create(firstPoint, "{\"validFor\":\"PT2M\"}");
        try (Stalled download = new Stalled(server, urlOf(link))) {
            LinkClock.advance(Duration.ofMinutes(2));
            long bytes = download.rest();
            assertTrue(bytes < first.length - 1000, "all of it came: " + bytes);
        }
        awaitNoLease();
    }

    @Test
    void aClientThatTakesNothingLosesItsPlace() throws IOException {
        String url = urlOf(create(firstPoint, "{}"));
        try (Stalled _ = new Stalled(server, url);
                Stalled _ = new Stalled(server, url)) {
            HttpResponse<byte[]> third = Downloads.get(url, "Range", "bytes=0-9");
            assertEquals(429, third.statusCode());
            assertEquals("UserErrorLinkTooManyTransfers", codeOf(third));
            awaitNoLease();
            assertEquals(206, Downloads.get(url, "Range", "bytes=0-9").statusCode());
        }
    }

    @Test
    void whoHangsUpLeavesNothingOpen() throws IOException {
        String url = urlOf(create(firstPoint, "{}"));
        for (int i = 0; i < 20; i++) {
            try (Stalled _ = new Stalled(server, url)) {
                assertEquals(200, Downloads.send("HEAD", url).statusCode());
            }
            awaitNoLease();
        }
    }

    /// The leases of backups go with them; those of transfers as well.
    private static void awaitNoLease() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (leases() > 0) {
            assertTrue(System.nanoTime() < deadline, "a lease is left");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static long leases() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store").resolve("leases"))) {
            return files.filter(file -> file.toString().endsWith(".lease")).count();
        }
    }

    @Test
    void theHistorySaysWhoMadeUsedAndRevokedALinkAndFromWhere() {
        JsonNode link = create(firstPoint, "{}");
        String id = link.get("id").asText();
        Downloads.get(urlOf(link), "Range", "bytes=0-9");
        Downloads.get(urlOf(link), "Range", "bytes=10-19");
        assertEquals("127.0.0.1", show(link).get("lastUsedFrom").asText());
        revoke(link);

        String history = new String(
                Downloads.get(server.url() + "/api/v1/audit/events", "Authorization", "Bearer " + TestServer.TOKEN)
                        .body(),
                UTF_8);
        List<String> lines =
                history.lines().filter(line -> line.contains("link:" + id)).toList();
        assertEquals(3, lines.size(), history);
        String[] names = {"link.created", "link.used", "link.revoked"};
        String[] callers = {"administrator", "link:" + id, "administrator"};
        for (int i = 0; i < names.length; i++) {
            String line = lines.get(i);
            assertTrue(line.contains("\"" + names[i] + "\""), line);
            assertTrue(line.contains("\"principal\":\"" + callers[i] + "\""), line);
            assertTrue(line.contains("127.0.0.1"), line);
        }
        String secret = urlOf(link).substring(urlOf(link).lastIndexOf('/') + 1);
        assertFalse(history.contains(secret));
    }

    @Test
    void theSecretIsShownOnceAndInNoRefusal() {
        JsonNode link = create(firstPoint, "{}");
        String url = urlOf(link);
        String secret = url.substring(url.lastIndexOf('/') + 1);
        assertTrue(secret.length() > 40, "not 256 bits");
        for (String seen : List.of(
                show(link).toString(),
                server.get(LINKS).body().toString(),
                new String(Downloads.send("POST", url).body(), UTF_8),
                new String(Downloads.get(url + "/more").body(), UTF_8),
                new String(
                        Downloads.get(url, "Range", "bytes=" + Long.MAX_VALUE / 10 + "-")
                                .body(),
                        UTF_8))) {
            assertFalse(seen.contains(secret), seen);
        }
    }

    @Test
    void listsShowThoseThatAreAskedFor() {
        JsonNode link = create(secondPoint, "{\"validFor\":\"P1D\"}");
        JsonNode item = server.get(LINKS + "?vault=prod&instance=web-1&recoveryPoint=" + secondPoint)
                .body()
                .get("items")
                .get(0);
        assertEquals(link.get("id"), item.get("id"));
        assertEquals("Valid", item.get("state").asText());
        assertEquals("administrator", item.get("createdBy").asText());
        assertEquals(0, server.get(LINKS + "?vault=other").body().get("items").size());
        assertEquals(
                0,
                server.get(LINKS + "?vault=prod&instance=web-2")
                        .body()
                        .get("items")
                        .size());
        JsonNode page = server.get(LINKS + "?limit=1").body();
        assertEquals(1, page.get("items").size());
        assertEquals(
                1,
                server.get(LINKS + "?limit=1&cursor=" + page.get("nextCursor").asText())
                        .body()
                        .get("items")
                        .size());
    }

    @Test
    void aLinkThatCannotBeIsRefusedWithItsReason() {
        assertRefused(422, "UserErrorLinkValidityTooLong", firstPoint, "{\"validFor\":\"PT24H0.001S\"}");
        assertRefused(422, "UserErrorInvalidRequest", firstPoint, "{\"validFor\":\"PT0S\"}");
        assertRefused(422, "UserErrorInvalidRequest", firstPoint, "{\"validFor\":\"-PT1H\"}");
        assertRefused(422, "UserErrorInvalidRequest", firstPoint, "{\"validFor\":\"tomorrow\"}");
        assertRefused(422, "UserErrorInvalidRequest", firstPoint, "{\"format\":\"qcow2\"}");
        assertRefused(422, "UserErrorInvalidRequest", firstPoint, "{\"kind\":\"torrent\"}");
        assertRefused(404, "UserErrorDiskSnapshotNotFound", "no-such-point", "{}");
    }

    private static void assertRefused(int status, String code, String point, String body) {
        Answer answer = server.post(linksOf(point), body);
        assertEquals(status, answer.status(), () -> answer.body().toString());
        assertEquals(code, answer.code());
    }

    @Test
    void aDeletedInstanceHasNoLinksUntilItIsUndeleted() {
        String url = urlOf(create(firstPoint, "{}"));
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertRefused(409, "UserErrorBackupInstanceSoftDeleted", firstPoint, "{}");
        HttpResponse<byte[]> gone = Downloads.get(url);
        assertEquals(404, gone.statusCode());
        assertEquals("UserErrorDiskSnapshotNotFound", codeOf(gone));
        assertEquals(
                200,
                server.post(Protected.VAULT_PATH + "/deleted-backup-instances/web-1/undelete", "{}")
                        .status());
        assertEquals(206, Downloads.get(url, "Range", "bytes=0-9").statusCode());
    }

    @Test
    void aVaultThatMayNotReadItsSnapshotsGivesNoneAway() {
        JsonNode link = create(firstPoint, "{}");
        String assignment = "";
        for (JsonNode item : server.get("/api/v1/role-assignments").body().get("items")) {
            if (item.get("role").asText().equals("Disk Snapshot Contributor")) {
                assignment = item.get("id").asText();
            }
        }
        assertEquals(
                204, server.delete("/api/v1/role-assignments/" + assignment).status());
        assertRefused(409, "UserErrorNotEnoughPermissionOnSnapshotRG", firstPoint, "{}");
        assertEquals(404, Downloads.get(urlOf(link)).statusCode());
        assertEquals(
                201,
                server.post(
                                "/api/v1/role-assignments",
                                "{\"principal\":\"vault:prod\",\"role\":\"Disk Snapshot Contributor\",\"scope\":\"group:snapshots\"}")
                        .status());
        assertEquals(200, Downloads.send("HEAD", urlOf(link)).statusCode());
    }

    @Test
    void whoMayRestoreNeedsNotBeAbleToCarryDataAway() {
        JsonNode link = create(firstPoint, "{}");
        String operator = token("olga", "Backup Operator", "vault:prod");
        String contributor = token("carl", "Backup Contributor", "vault:prod");
        assertEquals(201, server.put("/api/v1/backup-vaults/other", "{}").status());
        String elsewhere = token("emma", "Backup Contributor", "vault:other");
        String path = LINKS + "/" + link.get("id").asText();

        Answer refused = as(operator, "POST", linksOf(firstPoint), "{}");
        assertEquals(403, refused.status());
        assertTrue(refused.body().get("detail").asText().contains("recoveryPoints/export"), refused.toString());
        assertEquals(404, as(elsewhere, "POST", linksOf(firstPoint), "{}").status());
        for (String nobody : List.of(operator, elsewhere)) {
            assertEquals(0, as(nobody, "GET", LINKS, "").body().get("items").size());
            assertEquals(404, as(nobody, "GET", path, "").status());
            assertEquals(404, as(nobody, "DELETE", path, "").status());
        }
        assertTrue(as(contributor, "GET", LINKS, "").body().get("items").size() > 0);
        assertEquals(204, as(contributor, "DELETE", path, "").status());
    }

    @Test
    void aLinkEndsWithTheRightOfWhoeverMadeIt() {
        String lea = token("lea", "Backup Contributor", "vault:prod");
        JsonNode link = as(lea, "POST", linksOf(firstPoint), "{}").body();
        assertEquals("lea", link.get("createdBy").asText());
        assertEquals(200, Downloads.send("HEAD", urlOf(link)).statusCode());
        for (JsonNode item : server.get("/api/v1/role-assignments").body().get("items")) {
            if (item.get("principal").asText().equals("lea")) {
                assertEquals(
                        204,
                        server.delete("/api/v1/role-assignments/"
                                        + item.get("id").asText())
                                .status());
            }
        }
        assertEquals(404, Downloads.send("HEAD", urlOf(link)).statusCode());
    }

    private static String token(String name, String role, String scope) {
        Answer issued = server.post(
                "/api/v1/tokens", "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role, scope));
        assertEquals(201, issued.status(), () -> issued.body().toString());
        return issued.body().get("token").asText();
    }

    private static Answer as(String token, String method, String path, String body) {
        return server.send(method, path, body.isEmpty() ? null : body, "Authorization", "Bearer " + token);
    }
}
