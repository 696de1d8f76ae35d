package io.diskvault.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.job.view.JobLeases;
import io.diskvault.stream.EventReader.Heard;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.TransactionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final int WRITERS = 4;
    private static final int THINGS = 60;

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Map<String, Object> settings = new HashMap<>(Protected.settings(TestDatabase.POSTGRESQL, directory));
        settings.put("diskvault.stream.connections-per-principal", 3);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
        assertEquals(201, server.put("/api/v1/backup-vaults/other", "{}").status());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "waited in vain: " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static EventReader listen(String token, String last) throws Exception {
        EventReader reader = new EventReader(server, token, last);
        await("the beginning", () -> !reader.id().isEmpty());
        return reader;
    }

    private static String tokenOf(String name, String scope) {
        Answer token = server.post(
                "/api/v1/tokens",
                "{\"name\":\"%s\",\"role\":\"Backup Reader\",\"scope\":\"%s\"}".formatted(name, scope));
        assertEquals(201, token.status(), () -> token.body().toString());
        return token.body().get("token").asText();
    }

    private static List<JsonNode> told(EventReader reader, String name) {
        return reader.heard().stream()
                .filter(one -> one.name().equals(name))
                .map(Heard::data)
                .toList();
    }

    private static Cause cause(String vault, String subject) {
        return Cause.of(AlertKind.BACKUP_FAILED, subject, "It failed.", "Look.").in(vault, Optional.empty());
    }

    @Test
    void aBackupIsToldAsTheEndpointsShowIt() throws Exception {
        try (EventReader reader = listen(TestServer.TOKEN, "")) {
            String job = Protected.backUp(server).get("id").asText();
            await(
                    "the job's end",
                    () -> told(reader, "job").stream()
                            .anyMatch(one -> one.get("status").asText().equals("Completed")));
            JsonNode last = told(reader, "job").getLast();
            assertEquals(server.get("/api/v1/backup-jobs/" + job).body(), last);
            await(
                    "the instance",
                    () -> told(reader, "instance").stream()
                            .anyMatch(one ->
                                    one.at("/latestRecoveryPoint/id").asText().equals(job)));
        }
    }

    /// Writers race each other, so that places in the order are filled late; the listener is cut off again and again.
    @Test
    void nothingIsMissingHoweverOftenTheConnectionBreaks() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        Map<String, String> expected = new HashMap<>();
        List<Heard> all = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            EventReader reader = listen(TestServer.TOKEN, "");
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                long slow = random.nextLong();
                writing.add(writers.submit(() -> write(number, new Random(slow))));
                for (int thing = 0; thing < THINGS; thing++) {
                    expected.put(cause("prod", writer + "-" + thing).alert().text(), "Closed");
                }
            }
            int breaks = 0;
            while (writing.stream().anyMatch(one -> !one.isDone())) {
                LockSupport.parkNanos(50_000_000L + random.nextInt(100_000_000));
                String last = reader.cutOff();
                all.addAll(reader.heard());
                reader = listen(TestServer.TOKEN, last);
                breaks++;
            }
            for (Future<?> one : writing) {
                one.get();
            }
            EventReader end = reader;
            await("all of it", () -> {
                List<Heard> soFar = new ArrayList<>(all);
                soFar.addAll(end.heard());
                return lastStates(soFar).entrySet().containsAll(expected.entrySet());
            });
            end.close();
            System.out.println("cut off " + breaks + " times, told "
                    + (all.size() + end.heard().size()) + " states");
            assertTrue(breaks > 0, "it was never cut off");
        }
    }

    /// Each alert is opened and closed; some in a transaction that takes its time, and some in one that is given up.
    private static void write(int writer, Random random) {
        Alerts alerts = server.part(Alerts.class);
        TransactionManager transactions = server.part(TransactionManager.class);
        for (int thing = 0; thing < THINGS; thing++) {
            Cause cause = cause("prod", writer + "-" + thing);
            alerts.occurred(cause, "one", NOON);
            transactions.executeInTransaction(() -> {
                alerts.gone(cause.alert(), NOON);
                LockSupport.parkNanos(random.nextInt(10_000_000));
            });
            if (random.nextInt(4) == 0) {
                giveUp(transactions, () -> alerts.occurred(cause("prod", writer + " given up"), "one", NOON));
            }
        }
    }

    private static void giveUp(TransactionManager transactions, Runnable work) {
        try {
            transactions.executeInTransaction(() -> {
                work.run();
                throw new IllegalStateException("given up");
            });
        } catch (IllegalStateException expected) {
            assertEquals("given up", expected.getMessage());
        }
    }

    private static Map<String, String> lastStates(List<Heard> heard) {
        return heard.stream()
                .filter(one -> one.name().equals("alert"))
                .collect(Collectors.toMap(
                        one -> one.data().get("id").asText(),
                        one -> one.data().get("state").asText(),
                        (_, later) -> later));
    }

    @Test
    void oneHearsOnlyOfVaultsThatOneMayRead() throws Exception {
        String token = tokenOf("neighbour", "vault:other");
        try (EventReader reader = listen(token, "");
                EventReader everybody = listen(TestServer.TOKEN, "")) {
            server.part(Alerts.class).occurred(cause("prod", "secret"), "one", NOON);
            server.part(Alerts.class)
                    .occurred(Cause.of(AlertKind.EXPIRY_BEHIND, "server", "Late.", "Look."), "one", NOON);
            Protected.backUp(server);
            server.part(Alerts.class).occurred(cause("other", "own"), "one", NOON);
            await("his own", () -> !reader.heard().isEmpty());
            await("everything", () -> told(everybody, "alert").size() >= 3);
            assertEquals(1, reader.heard().size(), () -> reader.heard().toString());
            assertEquals("other", reader.heard().getFirst().data().get("vault").asText());
        }
    }

    @Test
    void anInstanceThatIsRemovedForGoodIsToldToBeGone() throws Exception {
        Protected.makeDisk(directory, "short.img", 2, 1 << 12);
        String path = "/backup-instances/short";
        server.put("/api/v1/resource-groups/vm-disks/disks/short", "{\"source\":\"file:short.img\"}");
        Answer made = server.put(
                Protected.VAULT_PATH + path,
                "{\"disk\":\"vm-disks/short\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}");
        assertEquals(201, made.status(), () -> made.body().toString());
        try (EventReader reader = listen(TestServer.TOKEN, "");
                EventReader stranger = listen(tokenOf("stranger", "vault:other"), "")) {
            assertEquals(204, server.delete(Protected.VAULT_PATH + path).status());
            await(
                    "the deletion",
                    () -> told(reader, "instance").stream()
                            .anyMatch(
                                    one -> one.path("protectionState").asText().equals("SoftDeleted")));
            assertEquals(
                    204,
                    server.delete(Protected.VAULT_PATH + "/deleted-backup-instances/short")
                            .status());
            await(
                    "the end",
                    () -> told(reader, "instance").getLast().path("gone").asBoolean());
            assertEquals(
                    "{\"vault\":\"prod\",\"name\":\"short\",\"gone\":true}",
                    told(reader, "instance").getLast().toString());
            server.part(Alerts.class).occurred(cause("other", "after"), "one", NOON);
            await("what comes after", () -> !stranger.heard().isEmpty());
            assertEquals(List.of(), told(stranger, "instance"));
        }
    }

    @Test
    void whoMayNotListenAnyMoreIsCutOff() throws Exception {
        String token = tokenOf("leaver", "vault:prod");
        JsonNode assignments = server.get("/api/v1/role-assignments").body().get("items");
        try (EventReader reader = listen(token, "")) {
            for (JsonNode assignment : assignments) {
                if (assignment.get("principal").asText().equals("leaver")) {
                    String path =
                            "/api/v1/role-assignments/" + assignment.get("id").asText();
                    assertEquals(204, server.delete(path).status());
                }
            }
            await("the end", reader::isOver);
        }
    }

    @Test
    void aRevokedTokenEndsIt() throws Exception {
        Answer issued = server.post("/api/v1/tokens", "{\"name\":\"revoked\",\"principal\":\"revoked\"}");
        try (EventReader reader = listen(issued.body().get("token").asText(), "")) {
            assertEquals(
                    204,
                    server.delete("/api/v1/tokens/" + issued.body().get("id").asText())
                            .status());
            await("the end", reader::isOver);
        }
    }

    @Test
    void nobodyListensTooOften() throws Exception {
        String token = tokenOf("many", "vault:prod");
        List<EventReader> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(listen(token, ""));
        }
        Answer fourth = server.send("GET", "/api/v1/stream", null, "Authorization", "Bearer " + token);
        assertEquals(429, fourth.status());
        assertEquals("UserErrorTooManyStreams", fourth.code());
        int before = server.part(Streams.class).count();
        for (EventReader reader : readers) {
            reader.cutOff();
        }
        // The next word to them fails.
        await("their places", () -> {
            server.part(Alerts.class).occurred(cause("prod", "wake"), Long.toString(System.nanoTime()), NOON);
            return server.part(Streams.class).count() <= before - 3;
        });
        listen(token, "").close();
    }

    @Test
    void aPositionThatIsNoneIsRefused() {
        Answer answer = server.send("GET", "/api/v1/stream", null, "Last-Event-ID", "nonsense");
        assertEquals(422, answer.status());
        assertTrue(
                answer.body().get("detail").asText().contains("'nonsense'"),
                () -> answer.body().toString());
    }

    @Test
    void progressIsToldWhenItChanges() throws Exception {
        String job = Protected.backUp(server).get("id").asText();
        JobLeases leases = server.part(JobLeases.class);
        try (EventReader reader = listen(TestServer.TOKEN, "")) {
            leases.take(job, "test", NOON, null);
            leases.renew(job, "test", NOON, 10, 100);
            await("progress", () -> !told(reader, "progress").isEmpty());
            JsonNode progress = told(reader, "progress").getFirst();
            assertEquals(job, progress.get("id").asText());
            assertTrue(progress.at("/progress").has("percent"), progress::toString);
            leases.release(job, "test");
        }
        server.part(Views.class).catchUp();
    }
}
