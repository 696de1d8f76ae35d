package io.diskvault.export;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceId;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.DiskClient;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exports over REST, and what clients see of them.
@Timeout(120)
class ExportEndpointsTest {
    private static final int DATA_BYTES = 1 << 20;
    private static final String EXPORTS = "/api/v1/exports";
    private static final String OF_INSTANCE = INSTANCE_PATH + "/exports";
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Path image;
    private static byte[] content = new byte[0];
    private static String point = "";

    @BeforeAll
    static void start() throws IOException {
        image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put(ShiftedClock.SETTING, true);
        settings.put("diskvault.links.nbd-port", 0);
        settings.put("diskvault.exports.active-max", 3);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
        content = Files.readAllBytes(image);
        point = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterEach
    void endAll() {
        server.get(EXPORTS).body().get("items").forEach(export -> end(export));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode create(String body) {
        Answer made = server.post(OF_INSTANCE, body);
        assertEquals(201, made.status(), () -> made.body().toString());
        assertEquals(pathOf(made.body()), made.header("location"));
        return made.body();
    }

    private static String pathOf(JsonNode export) {
        return EXPORTS + "/" + export.get("id").asText();
    }

    private static JsonNode show(JsonNode export) {
        return server.get(pathOf(export)).body();
    }

    private static URI uriOf(JsonNode export) {
        return URI.create(export.get("uri").asText());
    }

    private static void end(JsonNode export) {
        assertEquals(204, server.delete(pathOf(export)).status());
    }

    private static JsonNode await(JsonNode export, Predicate<JsonNode> state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode shown = show(export);
        while (!state.test(shown)) {
            assertTrue(System.nanoTime() < deadline, shown.toString());
            LockSupport.parkNanos(20_000_000);
            shown = show(export);
        }
        return shown;
    }

    private static JsonNode awaitEnd(JsonNode export) {
        return await(export, shown -> shown.get("state").asText().equals("Ended"));
    }

    @Test
    void aPointIsADiskAtOnce() throws IOException {
        JsonNode export = create("{\"recoveryPoint\":\"latest\"}");
        assertEquals(point, export.get("recoveryPoint").asText());
        assertEquals("Active", export.get("state").asText());
        assertEquals("PT1H", export.get("idleTimeout").asText());
        assertTrue(export.get("lastUsedTime").isNull());
        assertFalse(export.get("timesOutTime").isNull());
        try (DiskClient client = new DiskClient(uriOf(export));
                DiskClient second = new DiskClient(uriOf(export))) {
            assertEquals(content.length, client.sizeBytes());
            assertArrayEquals(content, client.read(0, content.length));
            assertArrayEquals(Arrays.copyOfRange(content, 70_001, 70_101), second.read(70_001, 100));
            JsonNode shown = show(export);
            assertEquals(2, shown.get("connections").asInt());
            assertTrue(shown.get("timesOutTime").isNull());
        }
        JsonNode left = await(export, shown -> shown.get("bytesRead").asLong() == content.length + 100);
        assertEquals(0, left.get("connections").asInt());
        assertFalse(left.get("lastUsedTime").isNull());
    }

    @Test
    void onlyTheServersUserReachesTheSocket() throws IOException {
        URI uri = uriOf(create("{\"recoveryPoint\":\"latest\"}"));
        Path socket = Path.of(uri.getQuery().substring("socket=".length()));
        assertEquals(directory.resolve("data").resolve("exports"), socket.getParent());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
    }

    @Test
    void overThePortItTakesTheSecretThatIsShownOnce() throws IOException {
        JsonNode export = create("{\"recoveryPoint\":\"%s\",\"transport\":\"tcp\"}".formatted(point));
        URI tcp = URI.create(export.get("tcpUri").asText());
        String secret = tcp.getPath().substring(1);
        assertTrue(secret.length() > 40, "not 256 bits");
        try (DiskClient client = new DiskClient(tcp);
                DiskClient other = new DiskClient(uriOf(export))) {
            assertArrayEquals(Arrays.copyOf(content, 10), client.read(0, 10));
            assertArrayEquals(Arrays.copyOf(content, 10), other.read(0, 10));
            assertEquals(2, show(export).get("connections").asInt());
        }
        assertThrows(
                IOException.class, () -> new DiskClient(tcp, export.get("name").asText()));
        assertThrows(IOException.class, () -> new DiskClient(uriOf(export), secret));
        assertFalse(show(export).toString().contains(secret));
        assertFalse(server.get(EXPORTS).body().toString().contains(secret));
        JsonNode private_ = create("{\"recoveryPoint\":\"latest\"}");
        assertThrows(
                IOException.class,
                () -> new DiskClient(tcp, private_.get("name").asText()));
    }

    @Test
    void endingAnExportDetachesItsDisk() throws IOException {
        JsonNode export = create("{\"recoveryPoint\":\"latest\"}");
        try (DiskClient client = new DiskClient(uriOf(export))) {
            assertEquals(10, client.read(0, 10).length);
            end(export);
            assertTrue(client.isEnded());
        }
        assertThrows(IOException.class, () -> new DiskClient(uriOf(export)));
        end(export);
        JsonNode shown = show(export);
        assertEquals("Ended", shown.get("endReason").asText());
        assertEquals("administrator", shown.get("endedBy").asText());
        assertTrue(shown.get("uri").isNull());
    }

    @Test
    void anExportEndsWhenNobodyWasConnectedForItsTime() throws IOException {
        JsonNode used = create("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT30M\"}");
        JsonNode longer = create("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT20H\"}");
        JsonNode unused = create("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT30M\"}");
        try (DiskClient client = new DiskClient(uriOf(used))) {
            ShiftedClock.advance(Duration.ofMinutes(31));
            assertEquals("Idle", awaitEnd(unused).get("endReason").asText());
            assertEquals("Active", show(used).get("state").asText());
            assertEquals(10, client.read(0, 10).length);
        }
        // Until it is written down that the client has gone.
        await(used, shown -> shown.get("bytesRead").asInt() == 10);
        ShiftedClock.advance(Duration.ofMinutes(29));
        // Those who look after exports look all the time: one that was over by now would end before this one.
        JsonNode witness = create("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT1M\"}");
        ShiftedClock.advance(Duration.ofSeconds(50));
        assertEquals("Active", show(used).get("state").asText());
        ShiftedClock.advance(Duration.ofMinutes(2));
        JsonNode over = awaitEnd(used);
        assertEquals("Idle", over.get("endReason").asText());
        assertEquals("system:exports", over.get("endedBy").asText());
        assertEquals("Active", show(longer).get("state").asText());
        awaitEnd(witness);
    }

    @Test
    void whatIsNoIdIsCalledThat() {
        Answer refused = server.get("/api/v1/exports/nope");
        assertEquals("400 UserErrorBadRequest", refused.status() + " " + refused.code());
        String detail = refused.body().get("detail").asText();
        assertTrue(detail.startsWith("id is 'nope'; it has to be an id like "), detail);
    }

    @Test
    void anExportEndsWhenItsMakerMayNotExportAnyMore() throws IOException {
        Answer token = server.post(
                "/api/v1/tokens", "{\"name\":\"carol\",\"role\":\"Backup Contributor\",\"scope\":\"vault:prod\"}");
        assertEquals(201, token.status(), () -> token.body().toString());
        Answer made = server.send(
                "POST",
                OF_INSTANCE,
                "{\"recoveryPoint\":\"latest\"}",
                "Authorization",
                "Bearer " + token.body().get("token").asText());
        assertEquals("carol", made.body().get("createdBy").asText());
        try (DiskClient client = new DiskClient(uriOf(made.body()))) {
            assertEquals(10, client.read(0, 10).length);
            JsonNode assigned = server.get("/api/v1/role-assignments?principal=carol")
                    .body()
                    .get("items")
                    .get(0);
            assertEquals("carol", assigned.get("principal").asText());
            server.delete("/api/v1/role-assignments/" + assigned.get("id").asText());
            assertTrue(client.isEnded());
        }
        assertEquals("RightLost", awaitEnd(made.body()).get("endReason").asText());
    }

    @Test
    void whatIsExportedIsNeitherExpiredNorCollected() throws IOException, DatastoreException {
        JsonNode export = create("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT20H\"}");
        Protected.makeDisk(directory, "other.img", 2, DATA_BYTES);
        Files.copy(directory.resolve("disks").resolve("other.img"), image, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(directory.resolve("disks").resolve("other.img"));
        String next = Protected.backUp(server).get("recoveryPoint").asText();
        String kept = point;
        try (DiskClient client = new DiskClient(uriOf(export))) {
            ShiftedClock.advance(Duration.ofDays(8));
            expire();
            collect();
            assertArrayEquals(content, client.read(0, content.length));
        }
        try (DiskClient client = new DiskClient(uriOf(export))) {
            assertArrayEquals(content, client.read(0, content.length));
        }
        JsonNode shown = server.get(INSTANCE_PATH + "/recovery-points/" + kept).body();
        assertTrue(shown.get("why").asText().contains("kept because it is exported"), shown.toString());
        assertEquals(
                "UserErrorRecoveryPointsExported",
                server.delete(INSTANCE_PATH).body().get("code").asText());
        end(export);
        expire();
        assertEquals(
                "Expired",
                server.get(INSTANCE_PATH + "/recovery-points/" + kept)
                        .body()
                        .get("state")
                        .asText());
        content = Files.readAllBytes(image);
        point = next;
    }

    private static void expire() {
        server.part(Commands.class)
                .send(new ExpireRecoveryPoints(WEB, server.part(Clock.class).instant()));
        server.part(Views.class).catchUp();
    }

    private static void collect() throws IOException, DatastoreException {
        Datastore datastore = server.part(Datastores.class).open(directory.resolve("store"));
        List<RecoveryPoint> before = datastore.recoveryPoints();
        datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        assertEquals(before, datastore.recoveryPoints());
    }

    @Test
    void listsShowThoseThatAreActiveUnlessAllAreWanted() {
        JsonNode ended = create("{\"recoveryPoint\":\"latest\"}");
        end(ended);
        JsonNode active = create("{\"recoveryPoint\":\"latest\"}");
        for (String path : List.of(OF_INSTANCE + "?", EXPORTS + "?vault=prod&instance=web-1&")) {
            JsonNode items = server.get(path + "state=active").body().get("items");
            assertEquals(1, items.size());
            assertEquals(active.get("id"), items.get(0).get("id"));
            JsonNode page = server.get(path + "state=all&limit=1").body();
            assertEquals(active.get("id"), page.get("items").get(0).get("id"));
            JsonNode rest = server.get(path + "state=all&limit=1&cursor="
                            + page.get("nextCursor").asText())
                    .body();
            assertEquals(ended.get("id"), rest.get("items").get(0).get("id"));
        }
        assertEquals(0, server.get(EXPORTS + "?vault=other").body().get("items").size());
        assertEquals(422, server.get(EXPORTS + "?state=ended").status());
        assertEquals(
                "UserErrorBackupInstanceNotFound",
                server.get(OF_INSTANCE.replace("web-1", "web-2")).code());
    }

    @Test
    void thereAreNoMoreThanASettingSays() {
        for (int i = 0; i < 3; i++) {
            create("{\"recoveryPoint\":\"latest\"}");
        }
        Answer refused = server.post(OF_INSTANCE, "{\"recoveryPoint\":\"latest\"}");
        assertEquals(429, refused.status());
        assertEquals("UserErrorTooManyExports", refused.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                   | UserErrorInvalidRequest          | recoveryPoint is missing",
                "{'recoveryPoint':'ghost'}                            | UserErrorDiskSnapshotNotFound    | 'ghost'",
                "{'recoveryPoint':'latest','idleTimeout':'PT59S'}     | UserErrorInvalidRequest          | waits PT1M at least",
                "{'recoveryPoint':'latest','idleTimeout':'1h'}        | UserErrorInvalidRequest          | write it like PT2H",
                "{'recoveryPoint':'latest','idleTimeout':'PT24H1S'}   | UserErrorExportIdleTimeoutTooLong | waits PT24H at most",
                "{'recoveryPoint':'latest','transport':'udp'}         | UserErrorInvalidRequest          | it is unix or tcp",
            })
    void whatMakesNoSenseIsRefused(String request, String code, String why) {
        Answer refused = server.post(OF_INSTANCE, request.replace('\'', '"'));
        assertEquals(code, refused.code());
        assertTrue(
                refused.body().get("detail").asText().contains(why),
                refused.body().toString());
        assertEquals(0, server.get(EXPORTS).body().get("items").size());
    }

    @Test
    void theHistorySaysWhoMadeAndEndedAnExport() throws IOException, InterruptedException {
        JsonNode export = create("{\"recoveryPoint\":\"latest\"}");
        end(export);
        String id = "export:" + export.get("id").asText();
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/api/v1/audit/events"))
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .build();
        List<String> lines;
        try (HttpClient client = HttpClient.newHttpClient()) {
            lines = client.send(request, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.contains(id))
                    .toList();
        }
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().contains("\"export.created\""), lines.getFirst());
        assertTrue(lines.getLast().contains("\"reason\":\"Ended\""), lines.getLast());
        assertTrue(lines.stream().allMatch(line -> line.contains("\"principal\":\"administrator\"")));
    }

    @Test
    void clientsThatOthersWroteReadIt() throws IOException, InterruptedException {
        assumeTrue(isInstalled("nbdinfo") && isInstalled("nbdcopy"), "nbdinfo and nbdcopy are not installed");
        JsonNode export = create("{\"recoveryPoint\":\"latest\"}");
        String uri = export.get("uri").asText();
        assertTrue(run("nbdinfo", uri).contains("is_read_only: true"));
        String list = run("nbdinfo", "--list", uri.replace(export.get("name").asText(), ""));
        assertTrue(list.contains("export=\"" + export.get("name").asText() + "\""), list);
        Path copy = directory.resolve("copy.img");
        run("nbdcopy", uri, copy.toString());
        assertArrayEquals(content, Files.readAllBytes(copy));
        Files.delete(copy);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(program)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
