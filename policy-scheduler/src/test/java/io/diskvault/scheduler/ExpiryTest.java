package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.await;
import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.web.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class ExpiryTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Servers servers;

    @BeforeEach
    void open() {
        servers = new Servers(database, directory, Map.of());
    }

    @AfterEach
    void close() {
        servers.close();
    }

    /// The disk is gone, so that nothing newer comes; a week later all its points are past their time.
    @Test
    void elapsedPointsGoByThemselvesAndTheNewestStays() throws Exception {
        TestServer server = servers.startProtected();
        for (int hour = 1; hour <= 3; hour++) {
            ClockForTests.set("2090-01-01T0%d:00:00Z".formatted(hour));
            server.part(PolicyWakeUp.class).wakeAll();
            awaitCompletedJobs(server, hour);
        }
        List<String> newestFirst = points(server);
        assertEquals(3, newestFirst.size());
        Files.delete(directory.resolve("disks/web-1.img"));

        servers.stop();
        ClockForTests.set("2090-01-08T01:00:00Z");
        TestServer first = servers.start();
        await("the oldest has expired, its time is just up", () -> !isStored(first, newestFirst.get(2)));
        await("it is no longer listed", () -> points(first).equals(newestFirst.subList(0, 2)));

        servers.stop();
        ClockForTests.advance(Duration.ofDays(100));
        TestServer second = servers.start();
        await("all but the newest have expired", () -> !isStored(second, newestFirst.get(1)));
        second.part(PointExpiry.class).run();
        await("only the newest is listed", () -> points(second).equals(newestFirst.subList(0, 1)));
        assertTrue(isStored(second, newestFirst.get(0)));
    }

    @Test
    void aDeletedInstanceIsPurgedWhenItsTimeIsUpAndNotBefore() throws Exception {
        TestServer server = servers.startProtected();
        ClockForTests.set("2090-01-01T01:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        awaitCompletedJobs(server, 1);
        String point = points(server).getFirst();
        assertEquals(204, server.delete(Protected.INSTANCE_PATH).status());

        ClockForTests.set("2090-01-15T00:59:59Z");
        server.part(PolicyWakeUp.class).wakeAll();
        server.part(PointExpiry.class).run();
        assertEquals(200, server.get(Protected.INSTANCE_PATH).status());
        assertTrue(isStored(server, point));

        ClockForTests.set("2090-01-15T01:00:01Z");
        server.part(PointExpiry.class).run();
        await("it is gone", () -> server.get(Protected.INSTANCE_PATH).status() == 404);
        await("its data is, too", () -> !isStored(server, point));
    }

    @Test
    void aClockThatLeapsAheadExpiresAndPurgesNothing() throws Exception {
        TestServer server = servers.startProtected();
        ClockForTests.set("2090-01-01T01:00:00Z");
        server.part(PolicyWakeUp.class).wakeAll();
        awaitCompletedJobs(server, 1);
        String point = points(server).getFirst();
        assertEquals(204, server.delete(Protected.INSTANCE_PATH).status());
        PointExpiry expiry = server.part(PointExpiry.class);
        expiry.run();

        ClockForTests.leap(Duration.ofDays(3650));
        expiry.run();
        server.part(Views.class).catchUp();
        assertEquals(200, server.get(Protected.INSTANCE_PATH).status());
        assertTrue(isStored(server, point));
        ClockForTests.leap(Duration.ofDays(-3650));
        expiry.run();
        assertTrue(isStored(server, point));

        ClockForTests.advance(Duration.ofDays(15));
        expiry.run();
        await("it is gone", () -> server.get(Protected.INSTANCE_PATH).status() == 404);
    }

    private boolean isStored(TestServer server, String point) throws Exception {
        return server.part(Datastores.class)
                .open(directory.resolve("store"))
                .recoveryPoint("prod.web-1", new RecoveryPointId(point))
                .isPresent();
    }

    private static List<String> points(TestServer server) {
        List<String> points = new ArrayList<>();
        server.get(Protected.INSTANCE_PATH + "/recovery-points")
                .body()
                .get("items")
                .forEach(point -> points.add(point.get("id").asText()));
        return points;
    }
}
