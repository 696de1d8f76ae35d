package io.diskvault.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Whether recovery points of a vault can be given up before their time. Azure's states.
public enum Immutability {
    DISABLED("Disabled"),
    /// They cannot, until somebody disables it again.
    UNLOCKED("Unlocked"),
    /// They cannot, and nobody can change that any more.
    LOCKED("Locked");

    private final String text;

    Immutability(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static Immutability of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("immutability is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values()).map(Immutability::text).collect(Collectors.joining(", ")))));
    }

    /// Whether recovery points have to stay until their time is up.
    boolean protects() {
        return this != DISABLED;
    }

    /// Whether that protects less.
    public boolean isWeakenedBy(Immutability next) {
        return next.compareTo(this) < 0;
    }

    /// Whether this may follow. What is for ever comes only after it was tried.
    boolean mayBecome(Immutability next) {
        return switch (this) {
            case DISABLED -> next != LOCKED;
            case UNLOCKED -> true;
            case LOCKED -> next == LOCKED;
        };
    }
}
