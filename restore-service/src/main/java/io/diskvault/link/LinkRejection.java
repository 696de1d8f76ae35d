package io.diskvault.link;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import java.util.UUID;

/// Why a link refuses, or is refused.
public enum LinkRejection implements Rejection {
    LINK_NOT_FOUND(
            "UserErrorLinkNotFound",
            Kind.NOT_FOUND,
            "List the links with GET /recovery-point-links and use an id from there."),
    LINK_EXISTS("UserErrorLinkExists", Kind.CONFLICT, "Make a link under an id of its own."),
    VALIDITY_TOO_LONG(
            "UserErrorLinkValidityTooLong",
            Kind.INVALID,
            "Choose a shorter time, or raise diskvault.links.longest-validity."),
    /// One answer for all that does not open, so that guessing teaches nothing.
    NOT_VALID("UserErrorLinkNotValid", Kind.NOT_FOUND, "Ask for a new link where you got this one."),
    POINT_GONE("UserErrorDiskSnapshotNotFound", Kind.NOT_FOUND, "Ask for a link to another recovery point."),
    TOO_MANY_ADDRESSES(
            "UserErrorLinkTooManyAddresses",
            Kind.FORBIDDEN,
            "Make a new link, and find out who has this one: the history says from where it was used."),
    NBD_OFF(
            "UserErrorLinkNbdOff",
            Kind.CONFLICT,
            "Set diskvault.links.nbd-port and start the server again, or make a link of the kind download."),
    TOO_MANY_TRANSFERS(
            "UserErrorLinkTooManyTransfers",
            Kind.LIMIT_REACHED,
            "Ask again when one has ended, or raise diskvault.links.transfers.");

    private final Reason reason;

    LinkRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a link that is not there, or that the caller may not see.
    public static CommandRejected notFound(UUID link) {
        return new CommandRejected(LINK_NOT_FOUND, "There is no link with the id '%s'.".formatted(link));
    }

    /// For a secret that does not open anything, or not any more.
    public static CommandRejected notValid() {
        return new CommandRejected(
                NOT_VALID,
                "There is no such link, or its time is over, or it was revoked, or its maker lost the right.");
    }

    /// For a disk over NBD where there is no port for it.
    public static CommandRejected nbdOff() {
        return new CommandRejected(NBD_OFF, "This server gives no recovery points as disks over NBD.");
    }

    static CommandRejected pointGone() {
        return new CommandRejected(
                POINT_GONE, "The recovery point of this link is gone, or must not be read any more.");
    }
}
