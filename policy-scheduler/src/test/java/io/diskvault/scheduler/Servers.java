package io.diskvault.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.policy.PolicyId;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Servers on one database and one data directory, which can be stopped and started again, and what they recorded
/// about the instance `prod/web-1`. Its policy is hourly from the full hour; it is protected at half past midnight.
final class Servers implements AutoCloseable {
    static final Instant MIDNIGHT = Instant.parse("2090-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Map<String, Object> settings;
    private final List<TestServer> running = new ArrayList<>();

    Servers(TestDatabase database, Path directory, Map<String, Object> settings) {
        this.directory = directory;
        this.settings = new HashMap<>(Protected.settings(database, directory));
        this.settings.putAll(settings);
        ClockForTests.set("2090-01-01T00:30:00Z");
    }

    /// Changes a setting for the next start.
    void set(String setting, String value) {
        settings.put(setting, value);
    }

    /// The first start: makes the disk and protects it.
    TestServer startProtected() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        TestServer server = start();
        Protected.configure(server, directory);
        await("the instance is listed", () -> policyInstances(server) == 1);
        return server;
    }

    TestServer start() {
        TestServer server = TestServer.start(settings);
        running.add(server);
        return server;
    }

    /// Stops all servers, as for an outage.
    void stop() {
        running.forEach(TestServer::close);
        running.clear();
    }

    @Override
    public void close() {
        stop();
    }

    static Instant hour(int hour) {
        return MIDNIGHT.plus(Duration.ofHours(hour));
    }

    private static long policyInstances(TestServer server) {
        return server.part(InstanceCatalog.class)
                .ofPolicy(new PolicyId("prod", "gold"))
                .size();
    }

    /// What was recorded about slots, in order: `started 01:00`, `skipped 02:00`, `missed 03:00 04:00`,
    /// `coalesced 05:00`, `reopened`.
    static List<String> ledger(TestServer server) {
        return server.part(EventStore.class)
                .readEvents("instance:prod/web-1")
                .asStream()
                .map(EventMessage::getPayload)
                .flatMap(Servers::entry)
                .toList();
    }

    private static Stream<String> entry(Object event) {
        return switch (event) {
            case BackupRequested requested -> requested.slot().stream().map(slot -> "started " + time(slot));
            case BackupSlotSkipped skipped -> Stream.of("skipped " + time(skipped.slot()));
            case BackupSlotsMissed missed ->
                Stream.of(missed.kind().name().toLowerCase(Locale.ROOT) + " "
                        + String.join(
                                " ", missed.slots().stream().map(Servers::time).toList()));
            case BackupSlotsReopened _ -> Stream.of("reopened");
            default -> Stream.empty();
        };
    }

    private static String time(Instant slot) {
        return slot.toString().substring(11, 16);
    }

    /// The jobs of the instance, newest first.
    static List<JsonNode> jobs(TestServer server) {
        List<JsonNode> jobs = new ArrayList<>();
        server.get("/api/v1/backup-jobs?vault=prod&instance=web-1")
                .body()
                .get("items")
                .forEach(jobs::add);
        return jobs;
    }

    /// Waits until that many jobs are there and all have completed.
    static void awaitCompletedJobs(TestServer server, int count) {
        await(count + " completed jobs", () -> {
            List<JsonNode> jobs = jobs(server);
            return jobs.size() == count
                    && jobs.stream()
                            .allMatch(
                                    job -> "Completed".equals(job.get("status").asText()));
        });
    }

    static void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited in vain: " + what);
                }
                LockSupport.parkNanos(5_000_000);
            }
        } catch (Exception failure) {
            throw new AssertionError("while waiting: " + what, failure);
        }
    }
}
