package io.diskvault.stream;

import io.diskvault.command.Rejection;

/// Why somebody cannot listen.
public enum StreamRejection implements Rejection {
    TOO_MANY_STREAMS(
            "UserErrorTooManyStreams",
            Kind.LIMIT_REACHED,
            "Close pages or programs that listen, or raise diskvault.stream.connections-per-principal or"
                    + " diskvault.stream.connections.");

    private final Reason reason;

    StreamRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
