package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import io.diskvault.job.JobId;
import java.util.OptionalLong;
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
    HAS_CHANGES(
            "UserErrorExportHasChanges",
            Kind.CONFLICT,
            "Keep them with POST /exports/{id}/keep (point export keep ID), or throw them away with DELETE"
                    + " /exports/{id}?changes=discard (point export end ID --discard)."),
    NOT_WRITABLE(
            "UserErrorExportNotWritable", Kind.CONFLICT, "There is nothing to keep; end it with DELETE /exports/{id}."),
    EXPORT_ENDED("UserErrorExportEnded", Kind.CONFLICT, "Make a new export."),
    KEEP_RUNNING(
            "UserErrorExportKeepRunning", Kind.CONFLICT, "Wait until the job has ended, or cancel it, and ask again."),
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

    /// For an export to which something was written that nobody said may go.
    ///
    /// @param changed how much; empty if that cannot be found out
    public static CommandRejected hasChanges(UUID export, OptionalLong changed) {
        String much = changed.isPresent() ? changed.getAsLong() + " bytes" : "An unknown number of bytes";
        return new CommandRejected(
                HAS_CHANGES, "%s of the export '%s' were written to and are nowhere else.".formatted(much, export));
    }

    static CommandRejected keepRunning(ExportId export, JobId job) {
        return new CommandRejected(
                KEEP_RUNNING,
                "What was written to the export '%s' is being made a recovery point: job %s."
                        .formatted(export.value(), job.text()));
    }

    /// For an export that is not there, or that the caller may not see.
    public static CommandRejected notFound(UUID export) {
        return new CommandRejected(EXPORT_NOT_FOUND, "There is no export with the id '%s'.".formatted(export));
    }
}
