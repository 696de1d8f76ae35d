package io.diskvault.engine.nbd;

import java.time.Duration;
import java.util.Optional;

/// How much clients may take of a server.
///
/// @param connectionsMax how many connections there may be at once; more are closed at once
/// @param requestsMax how many requests of one connection may be under way; the next ones are not read yet
/// @param bufferBytesMax what the answers of one connection may take in memory until the client took them
/// @param patience how long a client may take for the handshake, and at its end for taking what it asked for
/// @param idle after what time without a byte in either direction a connection is closed, and at the latest after
///     twice that; none leaves it open
public record NbdLimits(
        int connectionsMax, int requestsMax, int bufferBytesMax, Duration patience, Optional<Duration> idle) {

    /// What is read and sent at a time.
    static final int PIECE_BYTES = 256 << 10;

    /// Answers take at most 64 MiB, in all 64 connections.
    public static final NbdLimits DEFAULT =
            new NbdLimits(64, 64, 4 * PIECE_BYTES, Duration.ofSeconds(10), Optional.empty());

    public NbdLimits {
        if (connectionsMax < 1 || requestsMax < 1 || bufferBytesMax < PIECE_BYTES) {
            throw new IllegalArgumentException("With these limits nobody could read anything.");
        }
    }

    public NbdLimits withIdle(Duration limit) {
        return new NbdLimits(connectionsMax, requestsMax, bufferBytesMax, patience, Optional.of(limit));
    }
}
