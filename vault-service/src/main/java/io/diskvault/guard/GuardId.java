package io.diskvault.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.ResourceName;

/// Names a resource guard.
public record GuardId(@JsonValue String name) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuardId {
        ResourceName.check("resource guard", name);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "guard:" + name;
    }
}
