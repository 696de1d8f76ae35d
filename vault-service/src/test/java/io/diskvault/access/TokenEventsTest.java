package io.diskvault.access;

import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final TokenId TOKEN = new TokenId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new TokenModule())
                .hold("token.issued", """
                        {"token":"00000000-0000-4000-8000-00000000000a","name":"laptop","principal":"alice","hash":"abc",\
                        "expiresAt":null,"at":"2026-11-01T12:00:00.123Z"}""", new TokenIssued(TOKEN, "laptop", "alice", "abc", Optional.empty(), AT))
                .hold("token.issued", """
                        {"token":"00000000-0000-4000-8000-00000000000a","name":"laptop","principal":"alice","hash":"abc",\
                        "expiresAt":"2026-11-01T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""", new TokenIssued(TOKEN, "laptop", "alice", "abc", Optional.of(AT), AT))
                .hold("token.revoked", """
                        {"token":"00000000-0000-4000-8000-00000000000a","at":"2026-11-01T12:00:00.123Z"}""", new TokenRevoked(TOKEN, AT))
                .areAll();
    }
}
