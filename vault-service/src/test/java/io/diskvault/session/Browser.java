package io.diskvault.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/// What a browser has after it has signed in, and what its pages send.
///
/// @param cookie name and secret
/// @param session what the sign-in answered
record Browser(URI server, String cookie, JsonNode session) {
    static Browser signIn(TestServer server, String token) {
        Answer answer = TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/session"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody())
                .build());
        assertEquals(201, answer.status(), () -> answer.body().toString());
        return of(server, answer);
    }

    static Browser of(TestServer server, Answer signedIn) {
        String set = signedIn.header("set-cookie");
        return new Browser(server.url(), set.substring(0, set.indexOf(';')), signedIn.body());
    }

    String secret() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    String csrfToken() {
        return session.get("csrfToken").asText();
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    /// As a page of the server itself sends it.
    Answer ask(String method, String path, String json) {
        return send(
                method, path, json, "X-CSRF-Token", csrfToken(), "Origin", origin(), "Sec-Fetch-Site", "same-origin");
    }

    String origin() {
        return "http://" + server.getAuthority();
    }

    /// With the cookie and nothing else but what is given.
    Answer send(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Cookie", cookie)
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return TestServer.send(request.build());
    }
}
