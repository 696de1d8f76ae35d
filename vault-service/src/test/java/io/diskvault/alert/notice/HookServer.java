package io.diskvault.alert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A program that is told of alerts, and remembers what it was told.
final class HookServer implements AutoCloseable {
    record Told(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return requireNonNull(headers.get(name)).getFirst();
        }
    }

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(204);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final HttpServer server;

    HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::hear);
        server.createContext("/alive", exchange -> {
            alive.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int status = answer.get();
        if (status < 300) {
            told.add(new Told(Map.copyOf(exchange.getRequestHeaders()), body));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(int status) {
        answer.set(status);
    }

    /// What it took.
    List<Told> told() {
        return List.copyOf(told);
    }

    /// How often it was asked to take something.
    int asked() {
        return asked.get();
    }

    int alive() {
        return alive.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
