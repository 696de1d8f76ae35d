package io.diskvault.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies a role assignment.
public record RoleAssignmentId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RoleAssignmentId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "role-assignment:" + value;
    }
}
