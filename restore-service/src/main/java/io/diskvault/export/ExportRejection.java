package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import java.util.UUID;

/// Why an export is refused.
public enum ExportRejection implements Rejection {
    EXPORT_NOT_FOUND(
            "UserErrorExportNotFound", Kind.NOT_FOUND, "List the exports with GET /exports and use an id from there."),
    EXPORT_EXISTS("UserErrorExportExists", Kind.CONFLICT, "Make an export under an id of its own."),
    IDLE_TIMEOUT_TOO_LONG(
            "UserErrorExportIdleTimeoutTooLong",
            Kind.INVALID,
            "Choose a shorter time, or raise diskvault.exports.longest-idle-timeout."),
    TOO_MANY_EXPORTS(
            "UserErrorTooManyExports",
            Kind.LIMIT_REACHED,
            "End one that nobody needs any more (GET /exports), or raise diskvault.exports.active-max."),
    TCP_OFF(
            "UserErrorExportTcpOff",
            Kind.CONFLICT,
            "Set diskvault.links.nbd-port and start the server again, or leave transport out: the socket is always there."),
    SOCKET_UNUSABLE(
            "UserErrorExportSocketUnusable",
            Kind.CONFLICT,
            "Name another place with diskvault.exports.socket and start the server again."),
    POINT_UNREADABLE(
            "UserErrorRecoveryPointUnreadable",
            Kind.CONFLICT,
            "Bring the datastore back, or export another recovery point.");

    private final Reason reason;

    ExportRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For an export that is not there, or that the caller may not see.
    public static CommandRejected notFound(UUID export) {
        return new CommandRejected(EXPORT_NOT_FOUND, "There is no export with the id '%s'.".formatted(export));
    }
}
