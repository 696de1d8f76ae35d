package io.diskvault.web.guard;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/// How much of the server one client can take. Requests to this server are small and are answered at once; long work
/// is a job.
///
/// @param bodySize the largest body, 1KB to 64MB; beyond it 413
/// @param headerSize the largest sum of all header fields, 1KB to 1MB; beyond it 431
/// @param lineLength the longest request line, so the longest address, 512B to 64KB; beyond it 414
/// @param requestTime how long a request may take to arrive, from its first byte to its last, 1s to 10m; then 408.
///     This and not silence ends those who send a byte now and then
/// @param idleTime how long a connection may be silent in both directions before it is closed, 1s to 1h
/// @param connections how many connections may be open at once, 10 to 100000; further ones are closed at once
/// @param connectionsPerAddress how many of them may come from one address (of IPv6: from one network), 10 to 100000;
///     clients behind one address share them. Loopback has no such limit
@ConfigurationProperties("diskvault.http")
public record HttpLimits(
        @Bindable(defaultValue = "1MB") @ReadableBytes long bodySize,
        @Bindable(defaultValue = "16KB") @ReadableBytes int headerSize,
        @Bindable(defaultValue = "8KB") @ReadableBytes int lineLength,
        @Bindable(defaultValue = "30s") Duration requestTime,
        @Bindable(defaultValue = "2m") Duration idleTime,
        @Bindable(defaultValue = "1000") int connections,
        @Bindable(defaultValue = "200") int connectionsPerAddress) {
    private static final int KB = 1 << 10;
    private static final int MB = 1 << 20;

    public HttpLimits {
        require(bodySize >= KB && bodySize <= 64L * MB, "body-size", bodySize, "1KB to 64MB");
        require(headerSize >= KB && headerSize <= MB, "header-size", headerSize, "1KB to 1MB");
        require(lineLength >= 512 && lineLength <= 64 * KB, "line-length", lineLength, "512B to 64KB");
        require(
                isBetween(requestTime, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                "request-time",
                requestTime,
                "1s to 10m");
        require(isBetween(idleTime, Duration.ofSeconds(1), Duration.ofHours(1)), "idle-time", idleTime, "1s to 1h");
        require(isCount(connections), "connections", connections, "10 to 100000");
        require(isCount(connectionsPerAddress), "connections-per-address", connectionsPerAddress, "10 to 100000");
    }

    private static boolean isCount(int value) {
        return value >= 10 && value <= 100_000;
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean condition, String name, Object value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "diskvault.http.%s is %s; %s is allowed".formatted(name, value, allowed));
        }
    }
}
