package io.diskvault.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class CallersTest {
    @TempDir
    static Path directory;

    TestServer server;

    @BeforeAll
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<? extends DomainEventMessage<?>> events(String stream) {
        return server.part(EventStore.class).readEvents(stream).asStream().toList();
    }

    private Answer createVault(String name, String requestId) {
        return server.send("PUT", "/api/v1/backup-vaults/" + name, "{}", RequestIdFilter.HEADER, requestId);
    }

    @Test
    void anEventSaysWhoCausedItByWhichRequestAndFromWhere() {
        Answer created = createVault("asked", "deploy-42");
        assertEquals(201, created.status());
        assertEquals("deploy-42", created.header("x-request-id"));
        DomainEventMessage<?> event = events("vault:asked").getFirst();
        assertEquals("administrator", event.getMetaData().get("principal"));
        assertEquals("deploy-42", event.getMetaData().get("request"));
        assertEquals("127.0.0.1", event.getMetaData().get("address"));
    }

    @Test
    void allStreamsThatARequestWritesNameIt() {
        Object request = events("instance:prod/web-1").getFirst().getMetaData().get("request");
        assertEquals(
                request, events("disk:vm-disks/web-1").getLast().getMetaData().get("request"));
        assertNotEquals(request, events("vault:prod").getFirst().getMetaData().get("request"));
    }

    @Test
    void anIdThatIsNotHarmlessIsReplaced() {
        for (String id : List.of("a b", "x".repeat(65), "<script>", "-", "{}")) {
            String given = createVault("odd", id).header("x-request-id");
            assertNotEquals(id, given);
            assertEquals(36, given.length());
        }
    }

    @Test
    void refusedRequestsHaveAnIdToo() {
        Answer refused = TestServer.send(HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/backup-vaults"))
                .header(RequestIdFilter.HEADER, "stranger-1")
                .build());
        assertEquals(401, refused.status());
        assertEquals("stranger-1", refused.header("x-request-id"));
        Answer absent = server.send("GET", "/api/v1/nothing", null, RequestIdFilter.HEADER, "lost-1");
        assertEquals(404, absent.status());
        assertEquals("lost-1", absent.header("x-request-id"));
    }

    @Test
    void whatAWorkerWritesNamesTheWorkerAndItsJob() {
        JsonNode job = Protected.backUp(server);
        String id = job.get("id").asText();
        List<? extends DomainEventMessage<?>> events = events("job:" + id);
        assertEquals("administrator", events.getFirst().getMetaData().get("principal"));
        DomainEventMessage<?> completed = events.getLast();
        assertEquals("system:worker", completed.getMetaData().get("principal"));
        assertEquals(id, completed.getMetaData().get("request"));
        assertEquals(Caller.LOCAL, completed.getMetaData().get("address"));
        assertNull(completed.getMetaData().get("token"));
        // Told to the instance in reaction to the job's end.
        DomainEventMessage<?> ended = events("instance:prod/web-1").getLast();
        assertEquals(BackupEnded.class, ended.getPayloadType());
        assertEquals("system:worker", ended.getMetaData().get("principal"));
        assertEquals(id, ended.getMetaData().get("request"));
    }

    @Test
    void noStoredEventHasTheSecret() throws Exception {
        int events = 0;
        try (Connection connection = DelegatingDataSource.unwrapDataSource(server.part(DataSource.class))
                        .getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT payload, meta_data FROM domain_event")) {
            while (row.next()) {
                String stored = new String(row.getBytes(1), UTF_8) + new String(row.getBytes(2), UTF_8);
                assertFalse(stored.contains(TestServer.TOKEN), stored);
                assertTrue(stored.contains("\"principal\""), stored);
                events++;
            }
        }
        assertTrue(events > 10);
    }

    @Test
    void outsideOfRequestsTheServerItselfAsks() {
        assertEquals(Caller.SYSTEM, Callers.current().principal());
        Callers.as("scheduler", () -> {
            Caller inside = Callers.current();
            assertEquals("system:scheduler", inside.principal());
            assertEquals(inside, Callers.current());
        });
    }
}
