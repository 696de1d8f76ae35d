package io.diskvault.session;

import io.diskvault.command.Rejection;
import io.diskvault.web.guard.ForeignOrigins;

/// Why a session is not made, not found, or not believed.
public enum SessionRejection implements Rejection {
    SESSION_NOT_FOUND(
            "UserErrorSessionNotFound",
            Kind.NOT_FOUND,
            "List the sessions with GET /sessions and use an id from there."),
    NOT_SIGNED_IN(
            "UserErrorNotSignedIn",
            Kind.NOT_FOUND,
            "Sign in with POST /session; with a token alone there is no session."),
    TOKEN_MISSING(
            "UserErrorTokenMissing",
            Kind.INVALID,
            "Send a token, in the header Authorization: Bearer TOKEN or as token in the body."),
    NO_SESSION_FOR_THE_PROCESS(
            "UserErrorNoSessionForProcess", Kind.FORBIDDEN, "Sign in with a token that was issued to you."),
    CSRF_TOKEN_WRONG(
            "UserErrorCsrfTokenInvalid",
            Kind.FORBIDDEN,
            "Send the header X-CSRF-Token with the csrfToken that GET /session answers."),
    FOREIGN_ORIGIN(ForeignOrigins.CODE, Kind.FORBIDDEN, ForeignOrigins.ACTION);

    private final Reason reason;

    SessionRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
