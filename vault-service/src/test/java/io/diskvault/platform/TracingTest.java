package io.diskvault.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingTest {
    @TempDir
    Path directory;

    @Test
    void requestsAndJobsAreTracedAndSecretsAreNot() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            // Names are plain text in it.
            told.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            Protected.makeDisk(directory, "web-1.img", 1, 1 << 12);
            Map<String, Object> settings = new HashMap<>(Protected.settings(TestDatabase.H2, directory));
            settings.put("diskvault.tracing.enabled", true);
            settings.put(
                    "diskvault.tracing.endpoint",
                    "http://127.0.0.1:" + collector.getAddress().getPort());
            settings.put("otel.bsp.schedule.delay", "50");
            try (TestServer server = TestServer.start(settings)) {
                server.get("/api/v1/recovery-point-links/a-secret-of-somebody");
                assertEquals(200, server.get("/health").status());
                Protected.configure(server, directory);
                Protected.backUp(server);
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (!String.join("", told).contains("prod/web-1") && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(5_000_000);
                }
            }
            String all = String.join("", told);
            assertTrue(all.contains("PUT /api/v1/backup-vaults/{vault}"), all);
            assertTrue(all.contains("Backup") && all.contains("prod/web-1"), all);
            assertTrue(all.contains("diskvault"), all);
            assertFalse(all.contains("a-secret-of-somebody"), all);
            assertFalse(all.contains("/health"), all);
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertEquals(
                "diskvault.tracing.endpoint is collector:4318; an address like http://127.0.0.1:4318 is expected",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TracingSettings(true, URI.create("collector:4318")))
                        .getMessage());
    }
}
