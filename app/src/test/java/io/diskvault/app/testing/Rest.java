package io.diskvault.app.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Plain requests, as somebody without our command line would send them.
public final class Rest {
    private static final Duration JOB = Duration.ofMinutes(4);
    private static final Set<String> LIVE = Set.of("Queued", "InProgress", "Cancelling");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    Rest(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /// What a path below `/api/v1` answers with 200.
    public JsonNode get(String path) {
        HttpResponse<String> response = send(request(path).GET());
        assertEquals(200, response.statusCode(), path + ": " + response.body());
        return parsed(response);
    }

    /// Makes something, or changes it.
    public JsonNode put(String path, String body) {
        HttpResponse<String> response =
                send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
        assertTrue(response.statusCode() / 100 == 2, path + ": " + response.body());
        return parsed(response);
    }

    /// Takes something away.
    public void delete(String path) {
        HttpResponse<String> response = send(request(path).DELETE());
        assertEquals(204, response.statusCode(), path + ": " + response.body());
    }

    /// The same as [#get], or nothing while the server cannot be reached.
    public Optional<JsonNode> tryGet(String path) {
        try {
            HttpResponse<String> response = http.send(request(path).GET().build(), BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(parsed(response)) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /// Starts work, follows its `Location` until the job has ended, and expects that it has completed.
    public JsonNode completed(String path, String body) {
        HttpResponse<String> accepted =
                send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        assertEquals(202, accepted.statusCode(), path + ": " + accepted.body());
        String location = accepted.headers().firstValue("Location").orElseThrow();
        String job = location.substring(location.indexOf("/api/v1") + "/api/v1".length());
        JsonNode ended = Deadline.within(JOB, "the end of " + job, () -> {
            JsonNode now = get(job);
            return LIVE.contains(Json.text(now, "status")) ? Optional.empty() : Optional.of(now);
        });
        assertEquals("Completed", Json.text(ended, "status"), ended.toString());
        return ended;
    }

    /// The status of a request without a token.
    public int statusWithoutToken(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/api/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) {
        try {
            return Json.parse(response.body());
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }
}
