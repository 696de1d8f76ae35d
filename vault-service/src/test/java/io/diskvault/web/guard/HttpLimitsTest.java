package io.diskvault.web.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one client can take of the server, and what it is told when it wants more.
final class HttpLimitsTest {
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.http.body-size", "2KB");
        settings.put("diskvault.http.header-size", "4KB");
        settings.put("diskvault.http.line-length", "1KB");
        settings.put("diskvault.http.request-time", "1s");
        settings.put("diskvault.http.idle-time", "2s");
        settings.put("diskvault.http.connections", 10);
        server = TestServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyAnswerTellsBrowsersToKeepAndEmbedNothing() {
        for (Answer answer : List.of(
                server.get("/api/v1/backup-vaults"),
                server.get("/api/v1/nothing"),
                server.put("/api/v1/backup-vaults/prod", "{"),
                TestServer.send(
                        HttpRequest.newBuilder(server.url().resolve("/health")).build()),
                TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/tokens"))
                        .build()))) {
            assertProtected(answer.headers().toString().toLowerCase(Locale.ROOT));
        }
    }

    private static void assertProtected(String headers) {
        for (String expected : List.of(
                "x-content-type-options",
                "nosniff",
                "x-frame-options",
                "deny",
                "referrer-policy",
                "no-referrer",
                "content-security-policy",
                "frame-ancestors 'none'",
                "no-store")) {
            assertTrue(headers.contains(expected), expected + " is not in " + headers);
        }
        assertFalse(headers.contains("server=") || headers.contains("\nserver:"), headers);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        Answer answer = server.put("/api/v1/backup-vaults/prod", "{\"a\":\"" + "x".repeat(3000) + "\"}");
        assertEquals(413, answer.status());
        assertEquals("UserErrorRequestTooLarge", answer.code());
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        assertRefused(431, "UserErrorHeadersTooLarge", "GET /health HTTP/1.1\r\nA: " + "x".repeat(5000) + "\r\n\r\n");
        assertRefused(431, "UserErrorHeadersTooLarge", "GET /health HTTP/1.1\r\n" + "A: b\r\n".repeat(2000) + "\r\n");
    }

    @Test
    void anAddressThatIsTooLongIsRefused() throws IOException {
        assertRefused(414, "UserErrorAddressTooLong", "GET /" + "x".repeat(2000) + " HTTP/1.1\r\n\r\n");
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        assertRefused(400, "UserErrorMalformedRequest", "nonsense\r\n\r\n");
        assertRefused(400, "UserErrorMalformedRequest", "GET /health HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
        assertRefused(
                400,
                "UserErrorMalformedRequest",
                "POST /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n\r\n");
    }

    @Test
    void aRequestThatNeverEndsIsRefusedThoughBytesKeepComing() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET /health HTTP/1.1\r\n");
            // Each of them is sent when the server has had time for the one before; none ends the request.
            socket.setSoTimeout(100);
            String answer = "";
            while (answer.isEmpty()) {
                try {
                    answer = new String(socket.getInputStream().readNBytes(1), US_ASCII);
                } catch (SocketTimeoutException silent) {
                    send(socket, "A: b\r\n");
                }
            }
            assertRefused(408, "UserErrorRequestTimeout", answer + rest(socket));
        }
        try (Socket socket = connect()) {
            send(socket, "PUT /api/v1/backup-vaults/a HTTP/1.1\r\nContent-Length: 100\r\n\r\n{");
            assertTrue(rest(socket).startsWith("HTTP/1.1 "));
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (Socket socket = connect()) {
            assertEquals("", rest(socket));
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnceAndFreedPlacesTakenAgain() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                Socket socket = connect();
                sockets.add(socket);
                try {
                    send(socket, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                    refused += socket.getInputStream().read() < 0 ? 1 : 0;
                } catch (SocketException reset) {
                    refused++;
                }
            }
            assertTrue(refused >= 10, "refused: " + refused);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isServed()) {
            assertTrue(System.nanoTime() < deadline, "no place became free");
        }
    }

    private static boolean isServed() {
        try {
            return exchange("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200");
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aSettingOutOfItsBoundsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(1, 4096, 4096, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 1, 4096, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 4096, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 4096, 4096, Duration.ZERO, Duration.ofSeconds(1), 10, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 4096, 4096, Duration.ofSeconds(1), Duration.ZERO, 10, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 4096, 4096, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpLimits(4096, 4096, 4096, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 1));
    }

    private static void assertRefused(int status, String code, String request) throws IOException {
        String answer = request.startsWith("HTTP/") ? request : exchange(request);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
        assertProtected(answer.toLowerCase(Locale.ROOT));
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return rest(socket);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
}
