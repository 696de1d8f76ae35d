package io.diskvault.app.quickstart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.quickstart.Protection.Protected;
import io.diskvault.app.server.DataDirectory;
import io.diskvault.app.server.RunningServer;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Protects a disk, restores it, issues tokens and does everything wrong that can be done wrong; then looks for every
/// secret of that in the log, in the answers and in the database.
final class SecretsTest {
    private static final String ADMIN = "administrators-secret-0123456789abcdef";
    private static final String DATABASE = "databases-secret-0123456789";
    private static final String PASSPHRASE = "passphrase secret 0123456789";
    private static final String HOOK = "webhooks-secret-0123456789";
    private static final String MAIL = "mail-secret-0123456789";
    private static final String PATH = "path-that-is-a-secret-0123456789";
    private static final String CANARY = "canary in the log";

    @TempDir
    private Path directory;

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.diskvault");
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            seen.add("log: " + event.getFormattedMessage() + " "
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };
    private Level before = Level.INFO;

    @BeforeEach
    void record() {
        before = ours.getEffectiveLevel();
        ours.setLevel(Level.DEBUG);
        recorder.setContext(root.getLoggerContext());
        recorder.start();
        root.addAppender(recorder);
        System.setProperty("diskvault.admin-token", ADMIN);
        System.setProperty("diskvault.database.password", DATABASE);
        // Nobody listens there: it is said in the log that nobody could be told.
        System.setProperty("diskvault.alerts.webhook.url", "http://127.0.0.1:9/" + PATH);
        System.setProperty("diskvault.alerts.webhook.secret", HOOK);
        System.setProperty("diskvault.alerts.dead-man.url", "http://127.0.0.1:9/" + PATH);
        System.setProperty("diskvault.alerts.mail.host", "127.0.0.1");
        System.setProperty("diskvault.alerts.mail.port", "9");
        System.setProperty("diskvault.alerts.mail.from", "diskvault@example.org");
        System.setProperty("diskvault.alerts.mail.to", "operator@example.org");
        System.setProperty("diskvault.alerts.mail.username", "diskvault");
        System.setProperty("diskvault.alerts.mail.password", MAIL);
        secrets.put("administrator's token", ADMIN);
        secrets.put("database password", DATABASE);
        secrets.put("passphrase", PASSPHRASE);
        secrets.put("webhook's secret", HOOK);
        secrets.put("webhook's path", PATH);
        secrets.put("mail server's password", MAIL);
    }

    @AfterEach
    void forget() {
        root.detachAppender(recorder);
        ours.setLevel(before);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("diskvault."))
                .forEach(System::clearProperty);
    }

    @Test
    void noSecretIsInAnyLogErrorOrEvent() throws Exception {
        Path data = directory.resolve("data");
        try (RunningServer server =
                RunningServer.start(DataDirectory.take(data), "127.0.0.1", 0, List.of(directory.toRealPath()))) {
            VaultServer client = new VaultServer(server.address(), Optional.of(ADMIN));
            doEverythingRight(client, data);
            signIn(server.address());
            doEverythingWrong(server.address());
            ours.debug(CANARY);
        }
        startWrongly(data);
        useTheWrongPassphrase(data.resolve("datastore"), data.resolve("datastore.key"));
        readTheDatabase(data);

        assertTrue(seen.stream().anyMatch(text -> text.contains(CANARY)), "the log was not recorded");
        assertTrue(
                seen.stream().anyMatch(text -> text.startsWith("domain_event") && text.contains("laptop")),
                "no event was read");
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            seen.forEach(
                    text -> assertFalse(text.contains(secret.getValue()), () -> secret.getKey() + " is in " + text));
        }
        System.out.println("searched " + seen.size() + " texts for " + secrets.size() + " secrets");
    }

    private void doEverythingRight(VaultServer client, Path data) throws Exception {
        Files.write(directory.resolve("disk.img"), new byte[1 << 20]);
        Protected disk = new Protection(client)
                .of(
                        DiskFile.check(directory.toRealPath().resolve("disk.img"), Optional.empty()),
                        data.toRealPath().resolve("datastore"),
                        Instant.now());
        Terminal silent = new Terminal(
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new ByteArrayOutputStream()),
                false,
                Map.of());
        ObjectNode points = new FirstBackup(client, silent).ensure(disk);
        ObjectNode restore = Json.object().put("recoveryPoint", Json.text(points, "items/0/id"));
        restore.putObject("target").put("resourceGroup", disk.group()).put("diskName", "again");
        JsonNode job = client.post(disk.path("restores"), restore).body();
        JsonNode ended = new JobWatch(client, silent).untilEnd(Json.text(job, "id"), "Restore");
        assertEquals("Completed", Json.text(ended, "status"), ended.toString());
        JsonNode issued = client.post(ApiPath.of("tokens"), Json.object().put("name", "laptop"))
                .body();
        secrets.put("issued token", Json.text(issued, "token"));
        seen.add("tokens: " + client.list(ApiPath.of("tokens"), true));
        useLinks(client, disk, Json.text(points, "items/0/id"));
        byte[] key = HexFormat.of()
                .parseHex(
                        Files.readAllLines(data.resolve("datastore.key")).get(1).strip());
        secrets.put("datastore's key", HexFormat.of().formatHex(key));
        secrets.put(
                "datastore's key in base64",
                Base64.getEncoder().withoutPadding().encodeToString(key));
    }

    private void signIn(String address) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/api/v1/session"));
        HttpResponse<String> signedIn = http.send(
                request.copy()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"token\":\"" + ADMIN + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(201, signedIn.statusCode(), signedIn.body());
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String csrfToken = Json.text(Json.parse(signedIn.body()), "csrfToken");
        secrets.put("session", cookie.substring(cookie.indexOf('=') + 1));
        secrets.put("CSRF token", csrfToken);
        send(http, request.copy().header("Cookie", cookie).DELETE());
        send(http, request.copy().header("Cookie", cookie + "x"));
        send(
                http,
                request.copy()
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", csrfToken + "x")
                        .DELETE());
    }

    private void useLinks(VaultServer client, Protected disk, String point) throws Exception {
        ApiPath links = ApiPath.of(
                "backup-vaults", "quickstart", "backup-instances", disk.instance(), "recovery-points", point, "links");
        for (String name : new String[] {"link", "revoked link"}) {
            JsonNode made = client.post(links, Json.object()).body();
            String url = Json.text(made, "url");
            secrets.put(name, url.substring(url.lastIndexOf('/') + 1));
            HttpRequest download = HttpRequest.newBuilder(URI.create(url)).build();
            HttpResponse<byte[]> file = HttpClient.newHttpClient().send(download, BodyHandlers.ofByteArray());
            assertEquals(200, file.statusCode());
            seen.add("download: " + file.headers().map());
            if (name.startsWith("revoked")) {
                client.delete(ApiPath.of("recovery-point-links", Json.text(made, "id")));
            }
        }
        seen.add("links: " + client.list(ApiPath.of("recovery-point-links"), true));
    }

    private void doEverythingWrong(String address) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<String> tokens = new ArrayList<>(List.of(ADMIN + "x", ADMIN.substring(1), "Bearer " + ADMIN));
        tokens.add(Base64.getEncoder().encodeToString(ADMIN.getBytes(ISO_8859_1)) + "\u00e9");
        for (String token : tokens) {
            send(
                    http,
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/backup-vaults"))
                            .header("Authorization", "Bearer " + token));
        }
        for (String body : new String[] {
            "{\"password\":\"" + DATABASE + "\"}",
            "{\"name\":7,\"token\":\"" + ADMIN + "\"}",
            "{\"name\":{\"a\":\"" + ADMIN + "\"}}"
        }) {
            for (String path : new String[] {"tokens", "policy-forecasts", "session"}) {
                send(
                        http,
                        HttpRequest.newBuilder(URI.create(address + "/api/v1/" + path))
                                .header("Authorization", "Bearer " + ADMIN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));
            }
        }
        for (String secret : List.of(secret("link"), secret("revoked link") + "x", secret("revoked link"))) {
            URI url = URI.create(address + "/api/v1/recovery-point-downloads/" + secret);
            send(http, HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
            send(http, HttpRequest.newBuilder(URI.create(url + "/more")));
            send(http, HttpRequest.newBuilder(url).header("Range", "bytes=999999999999-"));
        }
        Run refused = new Program()
                .with("DISKVAULT_TOKEN", ADMIN + "x")
                .with("DISKVAULT_SERVER", address)
                .run("vault", "list");
        assertEquals(1, refused.status());
        seen.add("command line: " + refused.out() + refused.err());
    }

    private String secret(String name) {
        return secrets.getOrDefault(name, "");
    }

    private void send(HttpClient http, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertEquals(4, answer.statusCode() / 100, answer.body());
        seen.add("answer: " + answer.headers().map() + answer.body());
    }

    private void startWrongly(Path data) throws CommandFailed {
        for (Map.Entry<String, String> setting : Map.of(
                        "diskvault.database.password",
                        DATABASE + "x",
                        "diskvault.admin-token",
                        "short secret",
                        "diskvault.databse.password",
                        DATABASE)
                .entrySet()) {
            String good = System.getProperty(setting.getKey(), "");
            System.setProperty(setting.getKey(), setting.getValue());
            if (setting.getKey().equals("diskvault.admin-token")) {
                secrets.put("short token", "short secret");
            }
            try {
                CommandFailed failed = assertThrows(
                        CommandFailed.class,
                        () -> RunningServer.start(DataDirectory.take(data), "127.0.0.1", 0, List.of())
                                .close(),
                        setting.getKey());
                seen.add("start: " + failed.code() + " " + failed.message());
            } finally {
                if (good.isEmpty()) {
                    System.clearProperty(setting.getKey());
                } else {
                    System.setProperty(setting.getKey(), good);
                }
            }
        }
    }

    private void useTheWrongPassphrase(Path datastore, Path key) {
        Run added = new Program()
                .with("DISKVAULT_NEW_PASSPHRASE", PASSPHRASE)
                .run("datastore", "key", "add", datastore.toString(), "--key-file", key.toString());
        assertEquals(0, added.status(), added.err());
        Run wrong = new Program()
                .with("DISKVAULT_PASSPHRASE", PASSPHRASE + "x")
                .run("datastore", "points", datastore.toString());
        assertEquals(1, wrong.status(), wrong.err());
        Run right =
                new Program().with("DISKVAULT_PASSPHRASE", PASSPHRASE).run("datastore", "points", datastore.toString());
        assertEquals(0, right.status(), right.err());
        for (Run run : List.of(added, wrong, right)) {
            seen.add("command line: " + run.out() + run.err());
        }
    }

    private void readTheDatabase(Path data) throws SQLException {
        String url = "jdbc:h2:async:" + data.toAbsolutePath()
                + "/db/diskvault;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "diskvault", DATABASE);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                read(statement, table);
            }
        }
    }

    private void read(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            while (rows.next()) {
                StringBuilder row = new StringBuilder(table);
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    row.append(' ').append(value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value);
                }
                seen.add(row.toString());
            }
        }
    }
}
