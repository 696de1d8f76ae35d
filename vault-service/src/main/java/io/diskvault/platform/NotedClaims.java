package io.diskvault.platform;

import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/// The positions of the processors. [Replays] is told where this process leaves them and where it finds them again, and
/// whether one is stored or stays where it was for now.
final class NotedClaims extends JdbcTokenStore {
    private final Replays replays;

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
        } else {
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
        }
        return token;
    }

    /// By claiming it once more, as the framework does, but in the middle of the work.
    @Override
    public void extendClaim(String processor, int segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        if (processor.equals(Replays.GROUP)) {
            replays.found(token);
        }
    }
}
