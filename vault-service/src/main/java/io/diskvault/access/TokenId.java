package io.diskvault.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies an API token; not the secret.
public record TokenId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TokenId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "token:" + value;
    }
}
