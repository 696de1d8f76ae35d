package io.diskvault.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/// One server, and the token to speak to it with.
public final class VaultServer {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /// Long work answers at once with a job, so only a server in trouble is this slow.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration PATIENT_TIMEOUT = Duration.ofHours(12);

    private final HttpClient http;
    private final String address;
    private final Optional<String> token;

    /// A server that the machine believes, if it speaks TLS.
    ///
    /// @param address such as `http://127.0.0.1:8080`
    public VaultServer(String address, Optional<String> token) {
        this(address, token, Optional.empty());
    }

    private VaultServer(String address, Optional<String> token, Optional<SSLContext> trust) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        trust.ifPresent(client::sslContext);
        this.http = client.build();
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.token = token;
    }

    /// A server whose certificate is in a PEM file, or was issued by one that is.
    public static VaultServer trustedBy(Path authority, String address, Optional<String> token) throws CommandFailed {
        return new VaultServer(address, token, Optional.of(Trust.inAuthority(authority)));
    }

    /// This process's own server, whatever names its certificate has.
    public static VaultServer ofThisProcess(String address, String token, Supplier<X509Certificate> certificate) {
        return new VaultServer(address, Optional.of(token), Optional.of(Trust.inOne(certificate)));
    }

    public Answer get(ApiPath path) throws CommandFailed {
        return accepted(exchange(request(path)));
    }

    /// The resource, or nothing where the server knows no such thing.
    public Optional<Answer> find(ApiPath path) throws CommandFailed {
        HttpResponse<String> response = exchange(request(path));
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(accepted(response));
    }

    public Answer put(ApiPath path, JsonNode body) throws CommandFailed {
        return accepted(exchange(request(path, "PUT", body)));
    }

    /// Changes the version that `etag` names, and no other.
    public Answer put(ApiPath path, JsonNode body, String etag) throws CommandFailed {
        return accepted(exchange(request(path, "PUT", body).header("If-Match", etag)));
    }

    public Answer post(ApiPath path, JsonNode body) throws CommandFailed {
        return accepted(exchange(request(path, "POST", body)));
    }

    /// For what takes as long as it takes.
    public Answer postPatiently(ApiPath path, JsonNode body) throws CommandFailed {
        return accepted(exchange(request(path, "POST", body).timeout(PATIENT_TIMEOUT)));
    }

    /// Copies an answer that may be long, as it comes.
    public void download(ApiPath path, OutputStream into) throws CommandFailed {
        HttpRequest.Builder request = request(path).timeout(PATIENT_TIMEOUT).header("Accept", "*/*");
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    accepted(response.statusCode(), new String(body.readAllBytes(), UTF_8), Optional.empty());
                }
                body.transferTo(into);
                into.flush();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unreachable(new InterruptedIOException("interrupted"));
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    public Answer delete(ApiPath path) throws CommandFailed {
        return accepted(exchange(request(path).DELETE()));
    }

    /// One page of a list, or with `all` every page as if it were one.
    public ObjectNode list(ApiPath path, boolean all) throws CommandFailed {
        JsonNode page = get(path).body();
        if (!(page instanceof ObjectNode list) || !(page.get("items") instanceof ArrayNode items)) {
            throw notOurServer("a list without items");
        }
        while (all && !Json.text(page, "nextCursor").isEmpty()) {
            page = get(path.with("cursor", Json.text(page, "nextCursor"))).body();
            page.path("items").forEach(items::add);
        }
        if (all) list.putNull("nextCursor");
        return list;
    }

    private HttpRequest.Builder request(ApiPath path) throws CommandFailed {
        try {
            if (URI.create(address).getHost() == null) throw new IllegalArgumentException("no host");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(ANSWER_TIMEOUT)
                    .header("Accept", "application/json");
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            return request;
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailed(
                    "InvalidServerAddress",
                    "'" + address + "' is no server address.",
                    "Give it with --server or DISKVAULT_SERVER, like http://127.0.0.1:8080.");
        }
    }

    private HttpRequest.Builder request(ApiPath path, String method, JsonNode body) throws CommandFailed {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws CommandFailed {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unreachable(new InterruptedIOException("interrupted"));
        } catch (SSLHandshakeException refused) {
            throw untrusted(refused);
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private CommandFailed untrusted(SSLHandshakeException refused) {
        return new CommandFailed(
                "ServerNotTrusted",
                "The server at " + address + " could not prove that it is the one (" + refused.getMessage() + ").",
                "Use the name that its certificate has. If a private authority issued it, give that one's certificate"
                        + " with --ca-certificate or DISKVAULT_CA_CERTIFICATE.");
    }

    private CommandFailed unreachable(IOException failure) {
        String reason = Optional.ofNullable(failure.getMessage())
                .map(message -> " (" + message + ")")
                .orElse("");
        return new CommandFailed(
                "ServerUnreachable",
                "No Diskvault server answers at " + address + reason + ".",
                "Start one with 'diskvault serve', or say where it is with --server or DISKVAULT_SERVER.");
    }

    private Answer accepted(HttpResponse<String> response) throws CommandFailed {
        return accepted(
                response.statusCode(), response.body(), response.headers().firstValue("ETag"));
    }

    private Answer accepted(int status, String text, Optional<String> etag) throws CommandFailed {
        JsonNode body = parsed(status, text);
        if (status / 100 == 2) return new Answer(status, body, etag);
        if (status == 401) throw unauthorized();
        String code = Json.text(body, "code");
        if (code.isEmpty()) throw notOurServer("status " + status);
        String detail = Json.text(body, "detail");
        throw new CommandFailed(
                code,
                detail.isEmpty() ? Json.text(body, "title") : detail,
                Optional.of(Json.text(body, "recommendedAction")).filter(action -> !action.isEmpty()));
    }

    private JsonNode parsed(int status, String text) throws CommandFailed {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException notJson) {
            if (status == 401) throw unauthorized();
            throw notOurServer("status " + status + " without JSON");
        }
    }

    private CommandFailed unauthorized() {
        return token.isPresent()
                ? new CommandFailed(
                        "TokenRefused",
                        "The server at " + address + " refuses this token: it is unknown, revoked or expired.",
                        "Give a valid one in DISKVAULT_TOKEN or with --token-file. 'diskvault token create' makes new ones.")
                : new CommandFailed(
                        "TokenMissing",
                        "The server at " + address + " wants a token.",
                        "Set DISKVAULT_TOKEN, or give a file with --token-file. The server printed the"
                                + " administrator's token when it was started for the first time.");
    }

    private CommandFailed notOurServer(String found) {
        return new CommandFailed(
                "UnexpectedAnswer",
                "What answers at " + address + " does not speak as a Diskvault server does: " + found + ".",
                "Look whether --server or DISKVAULT_SERVER name the right address.");
    }
}
