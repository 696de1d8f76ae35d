package io.diskvault.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskvault.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// A listener as a browser is one: it remembers what it heard, and the id from which it can go on.
final class EventReader implements AutoCloseable {
    record Heard(String name, JsonNode data) {}

    private static final JsonMapper JSON = new JsonMapper();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final InputStream answer;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> id = new AtomicReference<>("");
    private final Thread thread;

    EventReader(TestServer server, String token, String last) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stream"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        answer = response.body();
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        thread = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer, UTF_8))) {
            String name = "";
            String data = "";
            String next = id.get();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    next = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        heard.add(new Heard(name, JSON.readTree(data)));
                    }
                    id.set(next);
                    name = "";
                    data = "";
                }
            }
        } catch (IOException _) {
            // It was cut off.
        }
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// From where it can go on.
    String id() {
        return id.get();
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    /// Goes away without a word, and says from where to go on.
    String cutOff() throws IOException, InterruptedException {
        close();
        thread.join(10_000);
        return id();
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }
}
