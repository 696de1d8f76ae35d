package io.diskvault.link;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies a link; not the secret.
public record LinkId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LinkId {}

    /// The stream's name in the event store, and the principal in the history of what is done with the link.
    @Override
    public String toString() {
        return "link:" + value;
    }
}
