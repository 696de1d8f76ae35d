package io.diskvault.app.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A command could not do what it was asked: exit status 1, an explanation, no stack trace.
public final class CommandFailed extends Exception {
    private final String code;
    private final Optional<String> recommendedAction;

    public CommandFailed(String code, String message, Optional<String> recommendedAction) {
        super(message);
        this.code = code;
        this.recommendedAction = recommendedAction;
    }

    public CommandFailed(String code, String message, String recommendedAction) {
        this(code, message, Optional.of(recommendedAction));
    }

    public CommandFailed(String code, String message) {
        this(code, message, Optional.empty());
    }

    /// What a script compares: stable where the message is not.
    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    ObjectNode toJson() {
        ObjectNode error = Json.object();
        error.put("code", code);
        error.put("message", message());
        error.put("recommendedAction", recommendedAction.orElse(null));
        return Json.object().set("error", error);
    }

    void printTo(Terminal terminal) {
        terminal.note("diskvault: " + message() + " [" + code + "]");
        recommendedAction.ifPresent(action -> terminal.note("  " + action));
    }
}
