package io.diskvault.access;

import io.diskvault.access.view.TokenUseRow;
import io.diskvault.access.view.TokenUseRows;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes when tokens are used, at most once a minute for each, so that requests do not wait for it.
@Singleton
public class TokenUses {
    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);

    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    private final TokenUseRows rows;
    private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();

    TokenUses(TokenUseRows rows) {
        this.rows = rows;
    }

    /// Notes that a token, or what was made from it, was used.
    public void used(UUID token, Instant at) {
        Instant last = noted.get(token);
        boolean due = last == null || at.isBefore(last) || !at.isBefore(last.plus(RESOLUTION));
        if (due && Objects.equals(noted.put(token, at), last)) {
            note(token, at);
        }
    }

    private void note(UUID token, Instant at) {
        try {
            if (rows.update(token, at) == 0 && !rows.existsById(token)) {
                rows.save(new TokenUseRow(token, at));
            }
        } catch (DataAccessException failure) {
            // Another node was first, or the database is busy: no reason to turn the request away.
            LOG.debug("the use of a token was not noted", failure);
        }
    }
}
