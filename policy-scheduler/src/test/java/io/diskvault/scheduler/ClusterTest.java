package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static io.diskvault.scheduler.Servers.ledger;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.policy.PolicyId;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

/// Two nodes on one database.
class ClusterTest {
    @TempDir
    Path directory;

    Servers servers;
    TestServer one;
    TestServer other;

    @BeforeEach
    void start() {
        servers = new Servers(TestDatabase.POSTGRESQL, directory, Map.of());
        one = servers.startProtected();
        other = servers.start();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void wakeUpsOfTwoNodesAtOnceMakeOneJobForEachSlot() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int hour = 1; hour <= 6; hour++) {
            ClockForTests.set("2090-01-01T%02d:00:00Z".formatted(hour));
            wakeAtOnce();
            awaitCompletedJobs(one, hour);
            expected.add("started %02d:00".formatted(hour));
            assertEquals(expected, ledger(other));
        }
    }

    @Test
    void bothNodesBelongToOneQuartzCluster() throws Exception {
        Scheduler first = one.part(Scheduler.class);
        Scheduler second = other.part(Scheduler.class);
        assertNotSame(first, second);
        assertEquals(first.getSchedulerName(), second.getSchedulerName());
        assertNotEquals(first.getSchedulerInstanceId(), second.getSchedulerInstanceId());
        assertTrue(first.getMetaData().isJobStoreClustered());
        assertTrue(first.isStarted() && second.isStarted());
        one.close();
        assertTrue(first.isShutdown());
        assertTrue(second.isStarted() && !second.isShutdown(), "a node that stops takes no other with it");
        assertTrue(second.checkExists(PolicyAlarms.jobKey(new PolicyId("prod", "gold"))));
    }

    /// Four wake-ups, two on each node, as close together as can be.
    private void wakeAtOnce() throws Exception {
        CountDownLatch ready = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> wakeUps = new ArrayList<>();
            for (TestServer node : List.of(one, other, one, other)) {
                wakeUps.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    node.part(PolicyWakeUp.class).wakeAll();
                    return null;
                }));
            }
            for (Future<?> wakeUp : wakeUps) {
                wakeUp.get();
            }
        }
    }
}
