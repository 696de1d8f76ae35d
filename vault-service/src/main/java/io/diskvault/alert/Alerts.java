package io.diskvault.alert;

import io.diskvault.alert.AlertCommand.ReportGone;
import io.diskvault.alert.AlertCommand.ReportOccurrence;
import io.diskvault.alert.AlertCommand.ReportStanding;
import io.diskvault.command.Commands;
import jakarta.inject.Singleton;
import java.time.Instant;

/// The way for all others to say that something is wrong, or is not wrong any more. Telling twice does no harm.
@Singleton
public class Alerts {
    /// The processing group of those who turn events into alerts. They react to each event once and never to a
    /// replay.
    public static final String GROUP = "alerts";

    private final Commands commands;

    public Alerts(Commands commands) {
        this.commands = commands;
    }

    /// Something happened.
    ///
    /// @param occurrence which time it was; the same one counts once
    public void occurred(Cause cause, String occurrence, Instant at) {
        occurred(cause, occurrence, 1, at);
    }

    /// Something happened several times at once.
    public void occurred(Cause cause, String occurrence, int times, Instant at) {
        commands.send(new ReportOccurrence(cause, occurrence, times, at));
    }

    /// Something is so.
    public void stands(Cause cause, Instant at) {
        commands.send(new ReportStanding(cause, at));
    }

    /// It is not so any more, or went well this time.
    public void gone(AlertKind kind, String subject, Instant at) {
        gone(AlertId.of(kind, subject), at);
    }

    /// The same for an alert that is known.
    public void gone(AlertId alert, Instant at) {
        commands.send(new ReportGone(alert, at));
    }
}
