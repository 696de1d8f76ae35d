package io.diskvault.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What one client has written it can read at once, and of conflicting requests one wins; nobody is told of an error of
/// the server.
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class ConcurrentRequestsTest {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 12;
    private static final int ROUNDS = 8;
    private static final String GOLD = Protected.VAULT_PATH + "/backup-policies/gold";

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    TestServer server;

    @BeforeParameterizedClassInvocation
    void start() {
        Path home = directory.resolve(database.name());
        Protected.makeDisk(home, "web-1.img", 1, 1 << 12);
        server = TestServer.start(Protected.settings(database, home));
        Protected.configure(server, home);
        Answer both = server.put(
                "/api/v1/resource-groups/both",
                "{\"disksRoot\":\"%s\",\"datastore\":\"%s\"}"
                        .formatted(home.resolve("disks"), home.resolve("store-of-both")));
        assertEquals(201, both.status(), () -> both.body().toString());
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    private static String policy(int days) {
        return """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT6H"]},
                 "retention":[{"tag":"Default","duration":"P%dD"}]}""".formatted(days);
    }

    private Answer protect(String instance, String disk, String group) {
        return server.put(
                Protected.VAULT_PATH + "/backup-instances/" + instance,
                "{\"disk\":\"%s\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"%s\",\"grantMissing\":true}"
                        .formatted(disk, group));
    }

    /// Sends all at the same moment.
    private static List<Answer> together(List<Callable<Answer>> requests) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            answers.forEach(answer -> assertTrue(answer.status() < 500, () -> answer.status() + " " + answer.body()));
            return answers;
        }
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    @Test
    void whatWasWrittenCanBeReadAtOnce() throws Exception {
        long seed = 20261101;
        List<Callable<Answer>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(seed + client);
            String name = "c" + client;
            clients.add(() -> {
                for (int request = 0; request < REQUESTS - 1; request++) {
                    makeAndRead(random.nextInt(3), name + "r" + request);
                }
                return makeAndRead(random.nextInt(3), name + "last");
            });
        }
        assertEquals(CLIENTS, together(clients).size(), "seed " + seed);
    }

    private Answer makeAndRead(int kind, String name) {
        String path = switch (kind) {
            case 0 -> "/api/v1/backup-vaults/" + name;
            case 1 -> Protected.VAULT_PATH + "/backup-policies/" + name;
            default -> "/api/v1/resource-groups/vm-disks/disks/" + name;
        };
        String body = switch (kind) {
            case 0 -> "{}";
            case 1 -> policy(7);
            default -> "{\"source\":\"file:web-1.img\"}";
        };
        Answer made = server.put(path, body);
        assertEquals(201, made.status(), () -> path + ": " + made.body());
        Answer read = server.get(path);
        assertEquals(made.body(), read.body(), path);
        return read;
    }

    @Test
    void oneOfTwoInstancesGetsTheDisk() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String disk = "shared-" + round;
            assertEquals(
                    201,
                    server.put("/api/v1/resource-groups/vm-disks/disks/" + disk, "{\"source\":\"file:web-1.img\"}")
                            .status());
            String first = "first-" + round;
            String second = "second-" + round;
            List<Answer> answers = together(List.of(
                    () -> protect(first, "vm-disks/" + disk, "snapshots"),
                    () -> protect(second, "vm-disks/" + disk, "snapshots")));
            assertEquals(1, count(answers, 201), answers.toString());
            assertEquals(1, count(answers, 409), answers.toString());
        }
    }

    @Test
    void oneOfTwoChangesOfAPolicyIsTaken() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String tag = server.get(GOLD).header("etag");
            int days = 10 + 2 * round;
            List<Answer> answers = together(List.of(
                    () -> server.send("PUT", GOLD, policy(days), "If-Match", tag),
                    () -> server.send("PUT", GOLD, policy(days + 1), "If-Match", tag)));
            assertEquals(1, count(answers, 200), answers.toString());
            assertEquals(1, count(answers, 412), answers.toString());
        }
    }

    @Test
    void aVaultIsThereOrNotWhateverComesAtTheSameMoment() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String path = "/api/v1/backup-vaults/torn-" + round;
            server.put(path, "{}");
            List<Answer> answers = together(List.of(() -> server.put(path, "{}"), () -> server.delete(path)));
            assertTrue(
                    Set.of(200, 201, 404).contains(answers.getFirst().status()),
                    answers.getFirst().toString());
            assertEquals(204, answers.getLast().status());
            boolean there = server.get(path).status() == 200;
            assertEquals(there ? 204 : 404, server.delete(path).status());
        }
    }

    @Test
    void aGroupForDisksAndSnapshotsLetsNobodyWaitForEver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "both-" + round;
            String disk = "/api/v1/resource-groups/both/disks/" + name;
            String instance = Protected.VAULT_PATH + "/backup-instances/" + name;
            server.put(disk, "{\"source\":\"file:web-1.img\"}");
            together(List.of(
                    () -> protect(name, "both/" + name, "both"),
                    () -> server.delete(disk),
                    () -> server.put(disk, "{\"source\":\"file:web-1.img\"}"),
                    () -> server.delete(instance),
                    () -> server.put(GOLD, policy(7)),
                    () -> server.delete(Protected.VAULT_PATH)));
        }
    }
}
