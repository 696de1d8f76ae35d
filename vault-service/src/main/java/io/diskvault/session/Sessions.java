package io.diskvault.session;

import io.diskvault.access.SignedIn;
import io.diskvault.access.TokenId;
import io.diskvault.access.TokenUses;
import io.diskvault.access.view.TokenRows;
import io.diskvault.command.CommandRejected;
import io.diskvault.session.view.SessionRow;
import io.diskvault.session.view.SessionRows;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of browsers. Each ends by itself, at the latest with the token that it was made from.
@Singleton
public class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// So often a session's use is noted, so that requests do not wait for it.
    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    /// Whoever signs in again and again must not fill the table.
    private static final int PER_PRINCIPAL_MAX = 50;

    private final SessionRows rows;
    private final TokenRows tokens;
    private final TokenUses uses;
    private final SessionSettings settings;
    private final Clock clock;

    Sessions(SessionRows rows, TokenRows tokens, TokenUses uses, SessionSettings settings, Clock clock) {
        this.rows = rows;
        this.tokens = tokens;
        this.uses = uses;
        this.settings = settings;
        this.clock = clock;
    }

    /// A new session and its secret, which is told this once.
    public record Opened(SessionRow session, SessionSecret secret) {}

    /// Always under a new secret: one that somebody put into a browser before is worth nothing.
    ///
    /// @param by the token that was shown
    /// @throws CommandRejected if nothing says when it would end: this process has a token for itself only
    public Opened open(String principal, SignedIn by) {
        if (by.token().isEmpty() && by.until().isEmpty()) {
            throw new CommandRejected(
                    SessionRejection.NO_SESSION_FOR_THE_PROCESS, "The server's own token is not for browsers.");
        }
        Instant now = clock.instant();
        SessionSecret secret = SessionSecret.random();
        SessionRow session = rows.save(new SessionRow(
                UUID.randomUUID(),
                secret.hash(),
                principal,
                by.token().map(TokenId::value).orElse(null),
                now,
                now,
                endOf(by, now)));
        rows.deleteEnded(now, usedAfter(now));
        rows.deleteBut(principal, PER_PRINCIPAL_MAX);
        return new Opened(session, secret);
    }

    private Instant endOf(SignedIn by, Instant now) {
        Optional<Instant> ofToken = by.token()
                .flatMap(token -> tokens.findById(token.value()))
                .flatMap(row -> Optional.ofNullable(row.expiresAt()));
        return Stream.concat(ofToken.stream(), by.until().stream())
                .reduce(now.plus(settings.longestTime()), (one, other) -> one.isBefore(other) ? one : other);
    }

    private Instant usedAfter(Instant now) {
        return now.minus(settings.idleTime());
    }

    /// The session with that secret, unless it has ended.
    public Optional<SessionRow> find(SessionSecret secret) {
        Instant now = clock.instant();
        return rows.findLiving(secret.hash(), now, usedAfter(now));
    }

    /// Whether a session has not ended.
    boolean lives(UUID session) {
        Instant now = clock.instant();
        return rows.findById(session)
                .filter(row -> row.expiresAt().isAfter(now))
                .filter(row -> row.lastUsed().isAfter(usedAfter(now)))
                .isPresent();
    }

    /// Notes that a session was used, and with it its token.
    void used(SessionRow session) {
        Instant now = clock.instant();
        if (session.token() != null) {
            uses.used(session.token(), now);
        }
        if (session.lastUsed().isBefore(now.minus(RESOLUTION))) {
            note(session.id(), now);
        }
    }

    private void note(UUID session, Instant now) {
        try {
            rows.update(session, now, now.minus(RESOLUTION));
        } catch (DataAccessException failure) {
            // The database is busy: no reason to turn the request away.
            LOG.debug("the use of a session was not noted", failure);
        }
    }

    /// Newest first, those before the given place.
    ///
    /// @param of whose; everybody's if empty
    public List<SessionRow> listBefore(Instant time, String key, Optional<String> of, int count) {
        Instant now = clock.instant();
        return rows.listBefore(time, key, of.isEmpty(), of.orElse(""), now, usedAfter(now), count);
    }

    /// Whose session it is; empty if there is none.
    public Optional<String> principalOf(UUID session) {
        return rows.findById(session).map(SessionRow::principal);
    }

    /// Ends a session. It is not an error if it has ended.
    public void end(UUID session) {
        rows.deleteById(session);
    }
}
