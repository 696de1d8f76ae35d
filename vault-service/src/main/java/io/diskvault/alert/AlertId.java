package io.diskvault.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies an alert. It follows from the cause, so that whoever reports the same cause, however often and on
/// whatever node, means the same alert.
public record AlertId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AlertId {}

    /// The alert of a cause.
    ///
    /// @param subject what it is about, among all of the kind
    public static AlertId of(AlertKind kind, String subject) {
        return new AlertId(UUID.nameUUIDFromBytes((kind.text() + " " + subject).getBytes(UTF_8)));
    }

    /// Reads what [#text] wrote.
    public static AlertId parse(String text) {
        return new AlertId(UUID.fromString(text));
    }

    public String text() {
        return value.toString();
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "alert:" + value;
    }
}
