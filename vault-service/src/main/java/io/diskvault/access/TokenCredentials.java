package io.diskvault.access;

import io.diskvault.access.view.TokenRows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Tokens end with their time, and when they are revoked; so does what was made from them.
@Singleton
final class TokenCredentials implements Credentials {
    private final TokenRows rows;
    private final Clock clock;

    TokenCredentials(TokenRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public boolean stillCount(SignedIn who) {
        Instant now = clock.instant();
        boolean inTime = who.until().map(now::isBefore).orElse(true);
        return inTime
                && who.token()
                        .map(token -> rows.findById(token.value())
                                .filter(row -> row.expiresAt() == null || now.isBefore(row.expiresAt()))
                                .isPresent())
                        .orElse(true);
    }
}
