package io.diskvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// The whole server in this process on a free port, and a client for it.
public final class TestServer implements AutoCloseable {
    /// The administrator's token of every test server.
    public static final String TOKEN = "administrator-token-for-tests-0123456789";

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final EmbeddedServer server;

    private TestServer(EmbeddedServer server) {
        this.server = server;
    }

    /// @param settings beside or over those of [TestDatabase#fresh]
    public static TestServer start(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("micronaut.server.port", -1);
        all.putIfAbsent("diskvault.admin-token", TOKEN);
        return new TestServer(ApplicationContext.run(EmbeddedServer.class, all));
    }

    /// An answer: its status, headers and JSON.
    public record Answer(int status, Map<String, String> headers, JsonNode body) {
        /// A header's value; empty if it is not there.
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /// A problem's stable code.
        public String code() {
            return body.path("code").asText();
        }
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer send(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.getURL() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        // Over those above, not beside them.
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /// Sends a request as it is, without a token.
    public static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, TestServer::bodyOf);
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            JsonNode body = response.body().startsWith("{") || response.body().startsWith("[")
                    ? JSON.readTree(response.body())
                    : JSON.getNodeFactory().textNode(response.body());
            return new Answer(response.statusCode(), headers, body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// Of an answer that goes on for ever only the beginning counts.
    private static BodySubscriber<String> bodyOf(ResponseInfo answer) {
        boolean endless = answer.headers()
                .firstValue("content-type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        return endless ? new CutOff() : BodyHandlers.ofString().apply(answer);
    }

    private static final class CutOff implements BodySubscriber<String> {
        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedStage("");
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    public URI url() {
        return server.getURI();
    }

    /// A part of the running server.
    public <T> T part(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    @Override
    public void close() {
        server.close();
    }
}
