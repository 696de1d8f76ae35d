package io.diskvault.alert;

import java.time.Instant;
import java.util.Optional;

/// An alert as it stands after an event. Every event carries it whole: those who tell of alerts need nothing else.
///
/// @param cause as it was reported last
/// @param standing whether it is about something that lasts, and still does; what is reported again then is no news
/// @param count how often it happened since the alert was opened
/// @param firstTime when that was first
/// @param lastTime and when last
/// @param acknowledged by whom and when, since it was opened
/// @param closed by whom and when, if it is
public record AlertFacts(
        AlertId id,
        Cause cause,
        AlertState state,
        boolean standing,
        int count,
        Instant firstTime,
        Instant lastTime,
        Optional<Handling> acknowledged,
        Optional<Handling> closed) {
    /// Who closes an alert whose cause is gone.
    public static final String SYSTEM = "system";

    /// Who did something about an alert, and when.
    public record Handling(String by, Instant at) {}

    static AlertFacts opened(AlertId id, Cause cause, boolean standing, int count, Instant at) {
        return new AlertFacts(id, cause, AlertState.NEW, standing, count, at, at, Optional.empty(), Optional.empty());
    }

    AlertFacts repeated(Cause again, int times, Instant at) {
        return new AlertFacts(id, again, state, standing, count + times, firstTime, at, acknowledged, closed);
    }

    AlertFacts acknowledged(String by, Instant at) {
        return new AlertFacts(
                id,
                cause,
                AlertState.ACKNOWLEDGED,
                standing,
                count,
                firstTime,
                lastTime,
                Optional.of(new Handling(by, at)),
                closed);
    }

    AlertFacts closed(String by, Instant at) {
        return closed(Optional.of(new Handling(by, at)), standing);
    }

    /// The cause is gone; who closed the alert before has closed it.
    AlertFacts resolved(Instant at) {
        return closed(closed.or(() -> Optional.of(new Handling(SYSTEM, at))), false);
    }

    private AlertFacts closed(Optional<Handling> closing, boolean stillStanding) {
        return new AlertFacts(
                id, cause, AlertState.CLOSED, stillStanding, count, firstTime, lastTime, acknowledged, closing);
    }

    boolean isOpen() {
        return state != AlertState.CLOSED;
    }
}
