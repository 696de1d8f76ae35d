package io.diskvault.link;

import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceId;
import io.diskvault.link.LinkCommand.CreateLink;
import io.diskvault.link.LinkCommand.RevokeLink;
import io.diskvault.link.LinkCommand.UseLink;
import io.diskvault.link.LinkEvent.LinkCreated;
import io.diskvault.link.LinkEvent.LinkRevoked;
import io.diskvault.link.LinkEvent.LinkUsed;
import io.diskvault.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PointLinkTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-01T18:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LinkId LINK = new LinkId(new UUID(0, 1));
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final LinkCreated CREATED =
            new LinkCreated(LINK, WEB, "p1", LinkKind.DOWNLOAD, ImageFormat.RAW, "abc", "alice", EVENING, NOON);
    private static final LinkRevoked REVOKED = new LinkRevoked(LINK, NOON);
    private static final CreateLink CREATE = create("abc");
    private static final RevokeLink REVOKE = new RevokeLink(LINK, NOON);

    private final FixtureConfiguration<PointLink> link = new AggregateTestFixture<>(PointLink.class);

    private static CreateLink create(String hash) {
        return new CreateLink(LINK, WEB, "p1", LinkKind.DOWNLOAD, ImageFormat.RAW, hash, "alice", EVENING, NOON);
    }

    private static UseLink use(String address, Instant at) {
        return new UseLink(LINK, address, at);
    }

    private static LinkUsed used(String address, Instant at) {
        return new LinkUsed(LINK, address, at);
    }

    @Test
    void isMadeOnce() {
        link.givenNoPriorActivity().when(CREATE).expectEvents(CREATED);
        link.given(CREATED).when(CREATE).expectNoEvents().expectSuccessfulHandlerExecution();
        link.given(CREATED).when(create("def")).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void isRevokedOnceAndForGood() {
        link.given(CREATED).when(REVOKE).expectEvents(REVOKED);
        link.given(CREATED, REVOKED).when(REVOKE).expectNoEvents().expectSuccessfulHandlerExecution();
        link.given(CREATED, REVOKED).when(CREATE).expectNoEvents().expectException(CommandRejected.class);
        link.given(CREATED, REVOKED)
                .when(use("10.0.0.1", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void refusesWhatIsAskedOfALinkThatWasNeverMade() {
        link.givenNoPriorActivity().when(REVOKE).expectNoEvents().expectException(CommandRejected.class);
        link.givenNoPriorActivity().when(use("10.0.0.1", NOON)).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void itsFirstUseIsRecordedAndEachByAnotherAddress() {
        link.given(CREATED).when(use("10.0.0.1", NOON)).expectEvents(used("10.0.0.1", NOON));
        link.given(CREATED, used("10.0.0.1", NOON)).when(use("10.0.0.2", NOON)).expectEvents(used("10.0.0.2", NOON));
    }

    @Test
    void furtherUsesAreRecordedHourly() {
        link.given(CREATED, used("10.0.0.1", NOON))
                .when(use("10.0.0.1", NOON.plus(HOUR).minusMillis(1)))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        link.given(CREATED, used("10.0.0.1", NOON))
                .when(use("10.0.0.1", NOON.plus(HOUR)))
                .expectEvents(used("10.0.0.1", NOON.plus(HOUR)));
    }

    @Test
    void isWorthlessFromItsLastInstantOn() {
        link.given(CREATED)
                .when(use("10.0.0.1", EVENING.minusMillis(1)))
                .expectEvents(used("10.0.0.1", EVENING.minusMillis(1)));
        link.given(CREATED).when(use("10.0.0.1", EVENING)).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void oneThatGotAroundIsOfNoUseToFurtherAddresses() {
        List<Object> history = new ArrayList<>(List.of(CREATED));
        for (int i = 0; i < PointLink.ADDRESSES_MAX; i++) {
            history.add(used("10.0.0." + i, NOON));
        }
        link.given(history).when(use("10.0.1.0", NOON)).expectNoEvents().expectException(CommandRejected.class);
        link.given(history).when(use("10.0.0.0", NOON)).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        PointLink state = new PointLink();
        state.on(CREATED);
        state.on(used("10.0.0.1", NOON));
        PointLink restored = new Snapshots(new LinkModule()).restored("link.snapshot", state);
        for (String address : List.of("10.0.0.1", "10.0.0.2")) {
            FixtureConfiguration<PointLink> fixture = new AggregateTestFixture<>(PointLink.class);
            if (address.equals("10.0.0.1")) {
                fixture.givenState(() -> restored).when(use(address, NOON)).expectNoEvents();
            } else {
                fixture.givenState(() -> restored).when(use(address, NOON)).expectEvents(used(address, NOON));
            }
        }
        new AggregateTestFixture<>(PointLink.class)
                .givenState(() -> restored)
                .when(use("10.0.0.3", EVENING))
                .expectException(CommandRejected.class);
    }
}
