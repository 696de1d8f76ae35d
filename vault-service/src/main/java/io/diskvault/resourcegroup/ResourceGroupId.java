package io.diskvault.resourcegroup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.ResourceName;

/// Names a resource group.
public record ResourceGroupId(@JsonValue String name) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ResourceGroupId {
        ResourceName.check("resource group", name);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "group:" + name;
    }
}
