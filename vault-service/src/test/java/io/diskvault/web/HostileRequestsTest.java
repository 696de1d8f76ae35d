package io.diskvault.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskvault.testing.RawHttp;
import io.diskvault.testing.RawHttp.Answer;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten thousand paths that try to get out and ten thousand tokens that try to get in, all of them made from a seed.
final class HostileRequestsTest {
    private static final long SEED = 20_261_121;
    private static final int COUNT = 10_000;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    private static Path root;
    private static Path outside;
    private static HostilePaths paths;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Path base = directory.toRealPath();
        root = Files.createDirectory(base.resolve("allowed"));
        outside = Files.createDirectory(base.resolve("outside"));
        // In the allowed directory, where only the check for the server's own files keeps it safe.
        Path data = root.resolve("server");
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(data));
        settings.put("diskvault.allowed-roots", List.of(root.toString()));
        settings.put("diskvault.sign-in.failures", 1_000_000);
        settings.put("diskvault.sign-in.failures-overall", 1_000_000);
        settings.put("diskvault.http.line-length", "64KB");
        server = TestServer.start(settings);
        paths = HostilePaths.in(root, outside, data, SEED);
        assertEquals(
                201,
                server.put("/api/v1/resource-groups/disks", json("disksRoot", root.toString()))
                        .status());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noPathLeadsOut() throws Exception {
        String before = listing(outside);
        Map<String, Integer> counts = new TreeMap<>();
        try (RawHttp http = new RawHttp(server.url().getPort())) {
            for (int i = 0; i < COUNT; i++) {
                Probe probe = probe(i);
                Answer answer = http.put(probe.path(), TestServer.TOKEN, probe.body());
                counts.merge(probe.kind() + " " + answer.status(), 1, Integer::sum);
                if (answer.status() / 100 == 2) {
                    requireInside(probe, JSON.readTree(answer.body()));
                } else {
                    assertEquals(4, answer.status() / 100, () -> SEED + ": " + probe + " " + answer);
                    assertTrue(
                            answer.body().contains("\"code\":\"UserError"), () -> SEED + ": " + probe + " " + answer);
                }
            }
        }
        System.out.println("hostile paths, seed " + SEED + ": " + counts);
        assertEquals(before, listing(outside));
        assertEquals(COUNT, counts.values().stream().mapToInt(Integer::intValue).sum());
    }

    private record Probe(String kind, String path, String body) {}

    private static Probe probe(int i) {
        return switch (i % 5) {
            case 0 -> new Probe("root", "/api/v1/resource-groups/root-" + i, json("disksRoot", paths.next()));
            case 1 -> new Probe("datastore", "/api/v1/resource-groups/store-" + i, json("datastore", outward(paths)));
            case 2 ->
                new Probe(
                        "name",
                        "/api/v1/resource-groups/disks/disks/" + paths.nextName(),
                        json("source", "file:disk.img"));
            default ->
                new Probe(
                        "source", "/api/v1/resource-groups/disks/disks/disk-" + i, json("source", paths.nextSource()));
        };
    }

    /// A datastore that may be where it is asked for would be made, and there is no need for hundreds of them.
    private static String outward(HostilePaths paths) {
        String path = paths.next();
        return isInside(path) ? "/" + path : path;
    }

    private static boolean isInside(String path) {
        try {
            return Path.of(path).normalize().startsWith(root);
        } catch (java.nio.file.InvalidPathException none) {
            return false;
        }
    }

    /// What was let in is something else than it looks like: a harmless path in the directory.
    private static void requireInside(Probe probe, JsonNode made) {
        switch (probe.kind()) {
            case "root" ->
                assertTrue(Path.of(made.path("disksRoot").asText()).startsWith(root), () -> SEED + ": " + probe + made);
            case "datastore" ->
                assertTrue(Path.of(made.path("datastore").asText()).startsWith(root), () -> SEED + ": " + probe + made);
            case "source" ->
                assertEquals(HostilePaths.DISK_BYTES, made.path("sizeBytes").asInt(), () -> SEED + ": " + probe + made);
            default ->
                assertTrue(
                        made.path("name").asText().matches("[A-Za-z][-A-Za-z0-9]*"), () -> SEED + ": " + probe + made);
        }
    }

    @Test
    void noTokenGetsIn() throws IOException {
        Random random = new Random(SEED);
        Map<Integer, Integer> counts = new TreeMap<>();
        try (RawHttp http = new RawHttp(server.url().getPort())) {
            for (int i = 0; i < COUNT; i++) {
                byte[] header = hostile(random);
                Answer answer = http.get("/api/v1/backup-vaults", header);
                counts.merge(answer.status(), 1, Integer::sum);
                assertEquals(
                        4,
                        answer.status() / 100,
                        () -> SEED + ": " + HexFormat.of().formatHex(header) + " " + answer);
            }
            assertEquals(
                    200,
                    http.get("/api/v1/backup-vaults", ("Bearer " + TestServer.TOKEN).getBytes(ISO_8859_1))
                            .status());
        }
        System.out.println("hostile tokens, seed " + SEED + ": " + counts);
    }

    private static byte[] hostile(Random random) {
        while (true) {
            byte[] header = candidate(random);
            String text = new String(header, ISO_8859_1);
            // A line end would end the header, and spaces around the token are none of its own.
            if (text.indexOf('\n') < 0 && !text.replaceAll("\\s+", "").endsWith(TestServer.TOKEN)) {
                return header;
            }
        }
    }

    private static byte[] candidate(Random random) {
        String token = TestServer.TOKEN;
        int at = random.nextInt(token.length());
        String other = switch (random.nextInt(12)) {
            case 0 -> token.substring(0, at) + (char) (33 + random.nextInt(90)) + token.substring(at + 1);
            case 1 -> token.substring(0, at);
            case 2 -> token + (char) (33 + random.nextInt(90));
            case 3 -> random.nextBoolean() ? token.toUpperCase(Locale.ROOT) : token.substring(1);
            case 4 -> token.substring(0, at) + "\t" + token.substring(at);
            case 5 -> token + "\0".repeat(1 + random.nextInt(3));
            case 6 -> new StringBuilder(token).reverse().toString();
            case 7 -> "' OR '1'='1' -- " + random.nextInt();
            case 8 -> token.repeat(2 + random.nextInt(150));
            case 9 ->
                java.util.Base64.getEncoder().encodeToString(token.getBytes(UTF_8)) + "=".repeat(random.nextInt(3));
            case 10 -> "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbmlzdHJhdG9yIn0." + random.nextInt(100);
            default -> binary(random);
        };
        String scheme = new String[] {
                    "Bearer ", "Bearer ", "Bearer ", "bearer ", "Basic ", "Token ", "", "Bearer Bearer "
                }
                [random.nextInt(8)];
        return (scheme + other).getBytes(random.nextBoolean() ? ISO_8859_1 : UTF_8);
    }

    private static String binary(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        return new String(bytes, ISO_8859_1).replace('\n', ' ').replace('\r', ' ');
    }

    private static String json(String field, String value) {
        return JSON.createObjectNode().put(field, value).toString();
    }

    private static String listing(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            StringBuilder listing = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                listing.append(file)
                        .append(' ')
                        .append(Files.getAttribute(file, "unix:ctime"))
                        .append('\n');
            }
            return listing.toString();
        }
    }
}
