package io.diskvault.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that gives the answers it was told to give, and remembers what it was asked.
public final class CannedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Canned>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /// A request as it arrived.
    public record Asked(String request, String body, String authorization, String ifMatch) {}

    private record Canned(int status, String etag, String body) {}

    private CannedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public static CannedServer start() throws IOException {
        return new CannedServer();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The answer to a request, such as `GET /api/v1/backup-vaults`. Of several for one request each is given once, and
    /// the last one for ever.
    public CannedServer on(String request, int status, String body) {
        return on(request, status, "", body);
    }

    public CannedServer on(String request, int status, String etag, String body) {
        answers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(new Canned(status, etag, body));
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(new Asked(
                request,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                header(exchange, "Authorization"),
                header(exchange, "If-Match")));
        Canned canned = next(request);
        byte[] body = canned.body().getBytes(UTF_8);
        if (!canned.etag().isEmpty()) exchange.getResponseHeaders().set("ETag", canned.etag());
        exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Canned next(String request) {
        Deque<Canned> left = answers.get(request);
        if (left == null) return new Canned(599, "", "{\"code\":\"NotCanned\",\"detail\":\"" + request + "\"}");
        synchronized (left) {
            return left.size() > 1 ? left.removeFirst() : left.getFirst();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
