package io.diskvault.stream;

import io.diskvault.access.Access;
import io.diskvault.access.Credentials;
import io.diskvault.access.SignedIn;
import io.diskvault.command.CommandRejected;
import io.diskvault.web.Views;
import io.diskvault.web.live.Live;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Those who listen to this node.
@Singleton
class Streams {
    private final StreamSettings settings;
    private final Access access;
    private final List<Credentials> credentials;
    private final EventStore store;
    private final Views views;
    private final List<Live> kinds;
    private final SharedTicks ticks;
    private final Bell bell;
    private final JsonMapper json;
    private final Map<String, Integer> ofPrincipals = new HashMap<>();
    private int all;

    Streams(
            StreamSettings settings,
            Access access,
            List<Credentials> credentials,
            EventStore store,
            Views views,
            List<Live> kinds,
            SharedTicks ticks,
            Bell bell,
            JsonMapper json) {
        this.settings = settings;
        this.access = access;
        this.credentials = credentials;
        this.store = store;
        this.views = views;
        this.kinds = List.copyOf(kinds);
        this.ticks = ticks;
        this.bell = bell;
        this.json = json;
    }

    /// Begins to tell somebody what happens.
    ///
    /// @param last up to where he was told; empty to begin with what the lists do not show yet
    /// @throws CommandRejected if too many listen already
    Narration open(String principal, SignedIn signedIn, Optional<Position> last) {
        count(principal);
        try {
            return new Narration(
                    new Listener(access, credentials, principal, signedIn),
                    new Feed(store, views, kinds, last.filter(this::isPast).orElseGet(this::now)),
                    ticks,
                    bell,
                    json);
        } catch (RuntimeException failure) {
            closed(principal);
            throw failure;
        }
    }

    /// One from before the database was put back to an older state may lie ahead.
    private boolean isPast(Position position) {
        return store.createHeadToken() instanceof GapAwareTrackingToken head && position.index() <= head.getIndex();
    }

    private Position now() {
        return views.position().map(Position::of).orElseGet(Position::start);
    }

    private synchronized void count(String principal) {
        int own = ofPrincipals.getOrDefault(principal, 0);
        if (own >= settings.connectionsPerPrincipal()) {
            throw new CommandRejected(
                    StreamRejection.TOO_MANY_STREAMS,
                    "'%s' listens %d times already, which is the most for one.".formatted(principal, own));
        }
        if (all >= settings.connections()) {
            throw new CommandRejected(
                    StreamRejection.TOO_MANY_STREAMS,
                    "%d listen already, which is the most for this server.".formatted(all));
        }
        ofPrincipals.put(principal, own + 1);
        all++;
    }

    /// He has gone.
    synchronized void closed(String principal) {
        all--;
        ofPrincipals.computeIfPresent(principal, (_, own) -> own > 1 ? own - 1 : null);
    }

    /// How many listen.
    synchronized int count() {
        return all;
    }
}
