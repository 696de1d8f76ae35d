package io.diskvault.export;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies an export.
public record ExportId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExportId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "export:" + value;
    }
}
