package io.diskvault.access;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why an API token refuses.
public enum TokenRejection implements Rejection {
    TOKEN_NOT_FOUND(
            "UserErrorTokenNotFound", Kind.NOT_FOUND, "List the tokens with GET /tokens and use an id from there."),
    TOKEN_EXISTS("UserErrorTokenExists", Kind.CONFLICT, "Issue a token under an id of its own.");

    private final Reason reason;

    TokenRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a token that is not there.
    public static CommandRejected notFound(TokenId token) {
        return new CommandRejected(TOKEN_NOT_FOUND, "There is no token with the id '%s'.".formatted(token.value()));
    }
}
