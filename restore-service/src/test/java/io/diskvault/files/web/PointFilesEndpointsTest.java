package io.diskvault.files.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.files.DiskTools;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a recovery point over REST: of a real file system in a real datastore, by the real reader.
class PointFilesEndpointsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] RANDOM = new byte[6_000_000];
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static String point = "";

    @BeforeAll
    static void start() throws IOException {
        DiskTools.needReader();
        new Random(8).nextBytes(RANDOM);
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("docs/many"));
        Files.write(tree.resolve("docs/random ü.bin"), RANDOM);
        Files.writeString(tree.resolve("fstab"), "none\n");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("docs"));
        // More than fits between a server and a client who takes nothing.
        try (RandomAccessFile hole = new RandomAccessFile(tree.resolve("hole").toFile(), "rw")) {
            hole.setLength(200 << 20);
        }
        for (int i = 0; i < 7; i++) {
            Files.createFile(tree.resolve("docs/many/" + i));
        }
        Files.createDirectories(directory.resolve("disks"));
        DiskTools.ext4(directory.resolve("disks/web-1.img"), 12, tree);
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put("diskvault.files.idle", "1s");
        settings.put("diskvault.files.downloads", 1);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
        point = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String path(String rest) {
        return Protected.INSTANCE_PATH + "/recovery-points/" + point + rest;
    }

    private static JsonNode ok(String rest) {
        Answer answer = server.get(path(rest));
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    private static HttpRequest request(String rest) {
        return HttpRequest.newBuilder(URI.create(server.url() + path(rest)))
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .build();
    }

    private static HttpResponse<byte[]> download(String rest) {
        try {
            return CLIENT.send(request(rest), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void tellsTheVolumes() {
        assertEquals(
                "{\"items\":[{\"number\":0,\"name\":null,\"fileSystem\":\"ext4\",\"label\":\"root fs\",\"startBytes\":0,"
                        + "\"sizeBytes\":12582912,\"readable\":true,\"problem\":null,\"notes\":[]}],\"nextCursor\":null}",
                ok("/volumes").toString());
    }

    @Test
    void listsFoldersPageByPage() {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ok("/files?volume=0&path=/link/many&limit=3" + cursor);
            page.get("items").forEach(item -> names.add(item.get("name").asText()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6"), names);
        JsonNode root = ok("/files");
        assertEquals("docs", root.at("/items/0/name").asText());
        assertEquals("folder", root.at("/items/0/type").asText());
        assertTrue(root.at("/items/0/sizeBytes").isNull());
        assertEquals("fstab", root.at("/items/1/name").asText());
        assertEquals(5, root.at("/items/1/sizeBytes").asInt());
        assertEquals("644", root.at("/items/1/mode").asText());
        assertEquals("docs", root.at("/items/3/target").asText());
    }

    @Test
    void givesAFileWithItsLength() {
        HttpResponse<byte[]> file = download("/file?path=/docs/random%20%C3%BC.bin");
        assertEquals(200, file.statusCode());
        assertArrayEquals(RANDOM, file.body());
        assertEquals(String.valueOf(RANDOM.length), header(file, "content-length"));
        assertEquals("application/octet-stream", header(file, "content-type"));
        assertEquals("no-store", header(file, "cache-control"));
        assertEquals(
                "attachment; filename=\"random _.bin\"; filename*=UTF-8''random%20%C3%BC.bin",
                header(file, "content-disposition"));
    }

    @Test
    void givesAFolderAsAnArchive() throws IOException {
        HttpResponse<byte[]> tar = download("/file?path=/docs");
        assertEquals(200, tar.statusCode());
        assertEquals("application/x-tar", header(tar, "content-type"));
        assertTrue(header(tar, "content-disposition").contains("filename=\"docs.tar\""));
        Path file = Files.write(directory.resolve("all.tar"), tar.body());
        DiskTools.run("tar", "-xf", file.toString(), "-C", directory.toString());
        assertArrayEquals(RANDOM, Files.readAllBytes(directory.resolve("docs/random ü.bin")));
        HttpResponse<byte[]> zip = download("/file?path=/docs&format=zip");
        assertEquals("application/zip", header(zip, "content-type"));
        assertEquals("PK", new String(zip.body(), 0, 2, UTF_8));
    }

    @Test
    void saysWhatIsWrong() {
        Map<String, String> refused = Map.of(
                "/files?path=/none", "404 UserErrorFileNotFound",
                "/files?volume=3", "404 UserErrorVolumeNotFound",
                "/files?path=/fstab", "422 UserErrorNotAFolder",
                "/files?cursor=x", "422 UserErrorInvalidRequest",
                "/files?limit=0", "422 UserErrorInvalidRequest",
                "/file", "422 UserErrorInvalidRequest",
                "/file?path=/none", "404 UserErrorFileNotFound",
                "/file?path=/fstab&format=tar", "422 UserErrorInvalidRequest",
                "/file?path=/docs&format=rar", "422 UserErrorInvalidRequest");
        refused.forEach((rest, expected) -> {
            Answer answer = server.get(path(rest));
            assertEquals(expected, answer.status() + " " + answer.code(), rest);
        });
        Answer noPoint = server.get(Protected.INSTANCE_PATH + "/recovery-points/none/volumes");
        assertEquals("404 UserErrorDiskSnapshotNotFound", noPoint.status() + " " + noPoint.code());
        // None of them keeps a place.
        assertEquals(200, download("/file?path=/fstab").statusCode());
    }

    @Test
    void oneWhoTakesNothingKeepsNobodyAwayForEverAndLeavesNothing() throws Exception {
        HttpResponse<InputStream> slow = CLIENT.send(request("/file?path=/"), BodyHandlers.ofInputStream());
        try (InputStream body = slow.body()) {
            assertTrue(header(slow, "content-disposition").contains("filename=\"web-1-volume0.tar\""));
            assertEquals(1000, body.readNBytes(1000).length);
            Answer second = server.get(path("/file?path=/fstab"));
            assertEquals("429 UserErrorFilesTooManyDownloads", second.status() + " " + second.code());
            assertEquals(200, server.get(path("/files")).status());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (leases() > 0 || readers() > 0) {
            assertTrue(System.nanoTime() < deadline, "something is left");
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(200, download("/file?path=/fstab").statusCode());
    }

    @Test
    void aDownloadEndsWhenTheRightToItIsTakenAway() throws Exception {
        Answer token = server.post(
                "/api/v1/tokens", "{\"name\":\"carol\",\"role\":\"Backup Contributor\",\"scope\":\"vault:prod\"}");
        HttpRequest asked = HttpRequest.newBuilder(URI.create(server.url() + path("/file?path=/hole")))
                .header("Authorization", "Bearer " + token.body().get("token").asText())
                .build();
        HttpResponse<InputStream> download = CLIENT.send(asked, BodyHandlers.ofInputStream());
        try (InputStream body = download.body()) {
            assertEquals(1000, body.readNBytes(1000).length);
            JsonNode assigned = server.get("/api/v1/role-assignments?principal=carol")
                    .body()
                    .at("/items/0/id");
            assertEquals(
                    204,
                    server.delete("/api/v1/role-assignments/" + assigned.asText())
                            .status());

            assertThrows(IOException.class, () -> body.transferTo(OutputStream.nullOutputStream()));
        }
    }

    private static long leases() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store").resolve("leases"))) {
            return files.filter(file -> file.toString().endsWith(".lease")).count();
        }
    }

    private static long readers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("python"))
                .count();
    }

    @Test
    void theHistorySaysWhoTookWhat() {
        assertEquals(200, download("/file?path=/link/../fstab").statusCode());
        ok("/files");
        String history = new String(
                CLIENT.sendAsync(
                                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/audit/events"))
                                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .join()
                        .body(),
                UTF_8);
        assertTrue(
                history.lines().anyMatch(line -> line.contains("files.taken") && line.contains("\"path\":\"/fstab\"")),
                history);
        assertEquals(
                1, history.lines().filter(line -> line.contains("files.listed")).count(), history);
    }
}
