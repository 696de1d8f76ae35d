package io.diskvault.platform;

import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/// The positions of the processors. [Replays] is told where this process leaves them and where it finds them again.
final class NotedClaims extends JdbcTokenStore {
    private final Replays replays;

    NotedClaims(Builder builder, Replays replays) {
        super(builder);
        this.replays = replays;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
        super.storeToken(token, processor, segment);
        replays.stored(processor, token);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, int segment) {
        return noted(processor, super.fetchToken(processor, segment));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, Segment segment) {
        return noted(processor, super.fetchToken(processor, segment));
    }

    private @Nullable TrackingToken noted(String processor, @Nullable TrackingToken token) {
        replays.claimed(processor, token);
        return token;
    }
}
