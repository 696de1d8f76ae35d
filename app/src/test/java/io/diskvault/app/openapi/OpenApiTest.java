package io.diskvault.app.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/openapi.yaml` describes the server that there is, and the server does what it says, whatever it is sent.
class OpenApiTest {
    private static final long SEED = 20_261_122;
    private static final Path FILE = Path.of("..", "docs", "openapi.yaml");

    @TempDir
    private static Path directory;

    private static Fixture fixture;
    private static TestServer server;

    /// With -Dopenapi=write it makes the file anew.
    @BeforeAll
    static void start() throws IOException {
        fixture = new Fixture(directory);
        server = fixture.server();
        if ("write".equals(System.getProperty("openapi"))) {
            Files.writeString(FILE, new OpenApiDocument().text(routes()));
        }
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static List<Route> routes() {
        List<UriRouteInfo<?, ?>> routes = new ArrayList<>();
        server.part(Router.class).uriRoutes().forEach(routes::add);
        return Route.described(routes);
    }

    @Test
    void theDocumentDescribesThisServer() throws IOException {
        assertEquals(
                Files.readString(FILE),
                new OpenApiDocument().text(routes()),
                "docs/openapi.yaml is out of date. Make it anew with"
                        + " ./mvnw -pl app -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi=write"
                        + " and look at what changed: what is released must stay.");
    }

    @Test
    void theServerGivesItToWhoeverIsSignedIn() throws IOException {
        Answer answer = server.get("/api/v1/openapi.yaml");
        assertEquals(200, answer.status());
        assertEquals(shipped(), answer.body().asText());
        assertTrue(answer.header("content-type").startsWith("application/yaml"), answer::toString);
        HttpRequest unsigned = HttpRequest.newBuilder(server.url().resolve("/api/v1/openapi.yaml"))
                .build();
        assertEquals(401, TestServer.send(unsigned).status());
    }

    private static String shipped() throws IOException {
        try (InputStream resource = OpenApiTest.class.getResourceAsStream("/io/diskvault/app/server/openapi.yaml")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), UTF_8);
        }
    }

    @Test
    void theExamplesAreOfTheirSchemas() throws IOException {
        List<Operation> operations = Operation.all(FILE);
        JsonNode document = operations.getFirst().document();
        AnswerCheck check = new AnswerCheck(document);
        for (JsonNode schema : document.at("/components/schemas")) {
            schema.path("examples")
                    .forEach(example -> assertEquals("", check.wrong(schema, example), schema::toString));
        }
        for (Operation operation : operations) {
            operation
                    .body()
                    .ifPresent(body -> assertEquals(
                            "", check.wrong(body.get("schema"), body.get("example")), operation::toString));
        }
    }

    @Test
    void nothingThatIsSentMakesTheServerFailOrChangesWhatItRefused() throws IOException {
        fixture.fill();
        List<Operation> operations = Operation.all(FILE);
        Walk walk = new Walk(fixture, operations);
        long start = System.nanoTime();
        walk.sendWhatIsWrong(new Hostile(SEED));
        walk.sendTheExamples();
        walk.readTheHistory();
        System.out.printf(
                "openapi walk, seed %d: %d operations, answers %s, %.1f s%n",
                SEED, operations.size(), walk.outcomes(), (System.nanoTime() - start) / 1e9);
        assertEquals("", String.join("\n", walk.wrong()));
        assertEquals(List.of(), walk.withoutSuccess());
    }
}
