package io.diskvault.access;

import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.TokenCommand.RevokeToken;
import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.command.CommandRejected;
import io.diskvault.testing.Snapshots;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final TokenId TOKEN = new TokenId(new UUID(0, 1));
    private static final TokenIssued ISSUED = new TokenIssued(TOKEN, "laptop", "alice", "abc", Optional.of(NOON), NOON);
    private static final TokenRevoked REVOKED = new TokenRevoked(TOKEN, NOON);
    private static final IssueToken ISSUE = new IssueToken(TOKEN, "laptop", "alice", "abc", Optional.of(NOON), NOON);
    private static final RevokeToken REVOKE = new RevokeToken(TOKEN, NOON);

    private final FixtureConfiguration<ApiToken> token = new AggregateTestFixture<>(ApiToken.class);

    @Test
    void isIssuedOnce() {
        token.givenNoPriorActivity().when(ISSUE).expectEvents(ISSUED);
        token.given(ISSUED).when(ISSUE).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesAnotherSecretUnderItsId() {
        token.given(ISSUED)
                .when(new IssueToken(TOKEN, "laptop", "alice", "def", Optional.empty(), NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void isRevokedOnceAndForGood() {
        token.given(ISSUED).when(REVOKE).expectEvents(REVOKED);
        token.given(ISSUED, REVOKED).when(REVOKE).expectNoEvents().expectSuccessfulHandlerExecution();
        token.given(ISSUED, REVOKED).when(ISSUE).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void refusesToRevokeWhatWasNeverIssued() {
        token.givenNoPriorActivity().when(REVOKE).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        ApiToken state = new ApiToken();
        state.on(ISSUED);
        state.on(REVOKED);
        ApiToken restored = new Snapshots(new TokenModule()).restored("token.snapshot", state);
        new AggregateTestFixture<>(ApiToken.class)
                .givenState(() -> restored)
                .when(REVOKE)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        new AggregateTestFixture<>(ApiToken.class)
                .givenState(() -> restored)
                .when(ISSUE)
                .expectException(CommandRejected.class);
    }
}
