package io.diskvault.platform;

import java.time.Duration;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/// The positions of the processors. [Replays] is told where this process leaves them and where it finds them again, and
/// whether one is stored or stays where it was for now.
final class NotedClaims extends JdbcTokenStore {
    /// A claim counts for ten seconds. As long as a replay only waits, it is renewed far more often than that, but not
    /// with every batch, each of which would be a transaction to be made durable.
    private static final long RENEWED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Replays replays;

    /// When this process last claimed the projections.
    private volatile long claimedNanos = System.nanoTime();

    NotedClaims(Builder builder, Replays replays) {
        super(builder);
        this.replays = replays;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
        if (!processor.equals(Replays.GROUP)) {
            super.storeToken(token, processor, segment);
        } else if (replays.settle()) {
            super.storeToken(token, processor, segment);
            replays.stored(token);
            claimedNanos = System.nanoTime();
        } else if (System.nanoTime() - claimedNanos > RENEWED_NANOS) {
            extendClaim(processor, segment);
        }
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, int segment) {
        return claimed(processor, super.fetchToken(processor, segment));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, Segment segment) {
        return claimed(processor, super.fetchToken(processor, segment));
    }

    private @Nullable TrackingToken claimed(String processor, @Nullable TrackingToken token) {
        if (processor.equals(Replays.GROUP)) {
            replays.claimed(token);
            claimedNanos = System.nanoTime();
        }
        return token;
    }

    /// By claiming it once more, as the framework does, but in the middle of the work.
    @Override
    public void extendClaim(String processor, int segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        if (processor.equals(Replays.GROUP)) {
            replays.found(token);
            claimedNanos = System.nanoTime();
        }
    }
}
