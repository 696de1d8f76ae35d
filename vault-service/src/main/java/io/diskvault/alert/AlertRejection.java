package io.diskvault.alert;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why an alert refuses.
public enum AlertRejection implements Rejection {
    ALERT_NOT_FOUND(
            "UserErrorAlertNotFound", Kind.NOT_FOUND, "List the alerts with GET /alerts and use an id from there."),
    ALERT_CLOSED(
            "UserErrorAlertClosed", Kind.CONFLICT, "Nothing needs to be done: it is opened again if it happens again.");

    private final Reason reason;

    AlertRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For an alert that is not there, or that the caller may not see.
    public static CommandRejected notFound(String id) {
        return new CommandRejected(ALERT_NOT_FOUND, "There is no alert with the id '%s'.".formatted(id));
    }
}
