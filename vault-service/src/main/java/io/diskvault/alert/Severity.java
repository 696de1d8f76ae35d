package io.diskvault.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How bad what an alert is about is; the worst last.
public enum Severity {
    INFORMATION("Information"),
    WARNING("Warning"),
    CRITICAL("Critical");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    boolean isWorseThan(Severity other) {
        return compareTo(other) > 0;
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is none
    @JsonCreator
    public static Severity of(String text) {
        return Arrays.stream(values())
                .filter(severity -> severity.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("severity is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values()).map(Severity::text).collect(Collectors.joining(", ")))));
    }
}
