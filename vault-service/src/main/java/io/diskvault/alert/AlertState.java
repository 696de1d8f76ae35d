package io.diskvault.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How far an alert is.
public enum AlertState {
    NEW("New"),
    /// Somebody sees to it.
    ACKNOWLEDGED("Acknowledged"),
    CLOSED("Closed");

    private final String text;

    AlertState(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is no such state
    @JsonCreator
    public static AlertState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("state is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values()).map(AlertState::text).collect(Collectors.joining(", ")))));
    }
}
