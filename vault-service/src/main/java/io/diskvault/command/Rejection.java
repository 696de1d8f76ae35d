package io.diskvault.command;

/// Why a command was refused. Every feature lists its own reasons in an enum; the name that callers see is [#code],
/// which never changes once published. Codes of Azure Data Protection are used where it has one.
public interface Rejection {
    /// What kind of refusal this is; it decides the HTTP status and nothing else.
    enum Kind {
        NOT_FOUND,
        FORBIDDEN,
        CONFLICT,
        INVALID,
        PRECONDITION_FAILED,
        PRECONDITION_REQUIRED,
        LIMIT_REACHED
    }

    /// @param code stable, for programs
    /// @param recommendedAction what the caller can do about it, in one sentence
    record Reason(String code, Kind kind, String recommendedAction) {}

    Reason reason();

    /// Stable, for programs.
    default String code() {
        return reason().code();
    }

    default Kind kind() {
        return reason().kind();
    }

    /// What the caller can do about it, in one sentence.
    default String recommendedAction() {
        return reason().recommendedAction();
    }
}
