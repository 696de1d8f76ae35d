package io.diskvault.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.diskvault.access.RoleCommand.AssignRole;
import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.view.TokenRow;
import io.diskvault.access.view.TokenRows;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.config.Configuration;
import org.jspecify.annotations.Nullable;

/// Knows which tokens open the server. The first start makes the administrator's token.
@Context
public class AccessTokens {
    /// Always the same, so that two nodes started for the first time at the same moment make one token.
    private static final TokenId ADMINISTRATOR = new TokenId(UUID.fromString("00000000-0000-4000-8000-000000000001"));

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private static final RoleAssignmentId ADMINISTRATORS_ROLE =
            new RoleAssignmentId(UUID.fromString("00000000-0000-4000-8000-000000000002"));

    /// Who a token stands for.
    ///
    /// @param token empty for the process's own
    record Bearer(String principal, Optional<TokenId> token) {}

    private final TokenRows rows;
    private final TokenUses uses;
    private final Clock clock;
    private final TokenSecret process = TokenSecret.random();
    private final @Nullable TokenSecret administrator;

    /// @param configuration only so that the event store is running before the first token is issued
    /// @param chosen the administrator's token of the first start (`DISKVAULT_ADMIN_TOKEN`); a random one if empty
    AccessTokens(
            Configuration configuration,
            Commands commands,
            TokenRows rows,
            TokenUses uses,
            Clock clock,
            @Value("${diskvault.admin-token:}") String chosen) {
        this.rows = rows;
        this.uses = uses;
        this.clock = clock;
        boolean given = !chosen.isEmpty();
        TokenSecret secret = given ? secretOf(chosen) : TokenSecret.random();
        boolean first = issue(commands, secret);
        administrator = first && !given ? secret : null;
        if (first) {
            awaitKnown(secret);
        }
    }

    private static TokenSecret secretOf(String chosen) {
        try {
            return new TokenSecret(chosen);
        } catch (IllegalArgumentException tooShort) {
            throw new ConfigurationException(
                    "diskvault.admin-token (DISKVAULT_ADMIN_TOKEN) is too short: " + tooShort.getMessage());
        }
    }

    /// The projections are only starting when this is made; a request that came before them would be turned away.
    private void awaitKnown(TokenSecret secret) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rows.findByHash(secret.hash()).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private boolean issue(Commands commands, TokenSecret secret) {
        try {
            Instant now = clock.instant();
            // The role first: whoever is cut off in between starts for the first time again.
            commands.send(new AssignRole(ADMINISTRATORS_ROLE, Principals.ADMINISTRATOR, Role.OWNER, Scope.SERVER, now));
            commands.send(new IssueToken(
                    ADMINISTRATOR,
                    Principals.ADMINISTRATOR,
                    Principals.ADMINISTRATOR,
                    secret.hash(),
                    Optional.empty(),
                    now));
            return true;
        } catch (CommandRejected alreadyIssued) {
            return false;
        }
    }

    /// The administrator's token, if this is the first start and none was given. It is not kept anywhere.
    public Optional<String> administratorTokenOfFirstStart() {
        return Optional.ofNullable(administrator).map(TokenSecret::text);
    }

    /// A token for this process's own requests to itself. It is never stored and ends with the process.
    public String processToken() {
        return process.text();
    }

    /// Who a token stands for; empty if nobody.
    Optional<Bearer> bearerOf(String token) {
        String hash = TokenSecret.hash(token);
        if (MessageDigest.isEqual(hash.getBytes(US_ASCII), process.hash().getBytes(US_ASCII))) {
            return Optional.of(new Bearer(Principals.PROCESS, Optional.empty()));
        }
        Instant now = clock.instant();
        Optional<TokenRow> known =
                rows.findByHash(hash).filter(row -> row.expiresAt() == null || now.isBefore(row.expiresAt()));
        known.ifPresent(row -> uses.used(row.id(), now));
        return known.map(row -> new Bearer(row.principal(), Optional.of(new TokenId(row.id()))));
    }
}
