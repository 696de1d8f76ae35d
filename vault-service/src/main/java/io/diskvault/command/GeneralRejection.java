package io.diskvault.command;

/// Reasons that do not belong to one feature.
public enum GeneralRejection implements Rejection {
    INVALID_NAME("UserErrorInvalidName", Kind.INVALID, "Choose a name that follows the rule."),
    INVALID_REQUEST("UserErrorInvalidRequest", Kind.INVALID, "Correct the request and send it again."),
    RESOURCE_NOT_FOUND(
            "UserErrorGenericResourceNotFound", Kind.NOT_FOUND, "Check the name, or list what there is with GET."),
    CONCURRENT_CHANGE(
            "UserErrorConcurrentChange",
            Kind.CONFLICT,
            "Read the resource again and repeat the request if still wanted."),
    TOO_MANY_INSTANTS(
            "UserErrorTooManyInstants", Kind.LIMIT_REACHED, "Ask again in a minute, or about one of those instants.");

    private final Reason reason;

    GeneralRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a thing that is not there.
    public static CommandRejected notFound(String what, Object name) {
        return new CommandRejected(RESOURCE_NOT_FOUND, "There is no %s '%s'.".formatted(what, name));
    }

    /// For a request that makes no sense whatever exists.
    public static CommandRejected invalid(String message) {
        return new CommandRejected(INVALID_REQUEST, message);
    }
}
