package io.diskvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A disk image in a directory, and how it is protected over REST: vault `prod`, policy `gold`, instance `web-1`.
public final class Protected {
    public static final String VAULT_PATH = "/api/v1/backup-vaults/prod";
    public static final String INSTANCE_PATH = VAULT_PATH + "/backup-instances/web-1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Protected() {}

    /// The settings of a server that may use a directory.
    public static Map<String, Object> settings(TestDatabase database, Path directory) {
        Map<String, Object> settings = new HashMap<>(database.fresh(directory.resolve("data")));
        settings.put("diskvault.allowed-roots", directory.toString());
        return settings;
    }

    /// Makes a sparse image of some random data and a hole.
    public static Path makeDisk(Path directory, String name, long seed, int dataBytes) {
        try {
            Path disks = Files.createDirectories(directory.resolve("disks"));
            Path image = disks.resolve(name);
            byte[] data = new byte[dataBytes];
            new Random(seed).nextBytes(data);
            try (FileChannel file = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(data), 0);
                file.write(ByteBuffer.wrap(new byte[] {1}), 8L * dataBytes - 1);
            }
            return image;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Makes the groups, the vault and the policy, and protects `web-1.img`.
    public static void configure(TestServer server, Path directory) {
        ok(server.put(
                "/api/v1/resource-groups/vm-disks", "{\"disksRoot\":\"%s\"}".formatted(directory.resolve("disks"))));
        ok(server.put(
                "/api/v1/resource-groups/snapshots", "{\"datastore\":\"%s\"}".formatted(directory.resolve("store"))));
        ok(server.put(VAULT_PATH, "{}"));
        ok(server.put(VAULT_PATH + "/backup-policies/gold", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT1H"]},
                 "retention":[{"tag":"Default","duration":"P7D"}]}"""));
        ok(server.put("/api/v1/resource-groups/vm-disks/disks/web-1", "{\"source\":\"file:web-1.img\"}"));
        ok(
                server.put(
                        INSTANCE_PATH,
                        "{\"disk\":\"vm-disks/web-1\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}"));
        ok(server.post(
                "/api/v1/role-assignments",
                "{\"principal\":\"vault:prod\",\"role\":\"Disk Restore Operator\",\"scope\":\"group:vm-disks\"}"));
    }

    /// Lets instances of the vault be deleted at once.
    public static void switchSoftDeleteOff(TestServer server) {
        assertEquals(
                200,
                server.put(VAULT_PATH, "{\"softDelete\":{\"state\":\"Off\"}}").status());
    }

    /// Starts an on-demand backup and waits for its end.
    public static JsonNode backUp(TestServer server) {
        Answer accepted = server.post(INSTANCE_PATH + "/backups", "{}");
        assertEquals(202, accepted.status(), () -> accepted.body().toString());
        return await(server, accepted.header("location"));
    }

    /// Waits until a job has ended.
    public static JsonNode await(TestServer server, String location) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode job = server.get(location).body();
            if (job.has("endTime") && !job.get("endTime").isNull()) {
                return job;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the job did not end: " + job);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void ok(Answer answer) {
        assertEquals(201, answer.status(), () -> answer.body().toString());
    }
}
