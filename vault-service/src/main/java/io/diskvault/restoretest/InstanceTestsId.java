package io.diskvault.restoretest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.instance.InstanceId;

/// Names the restore tests of a backup instance.
public record InstanceTestsId(@JsonValue InstanceId instance) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public InstanceTestsId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "restore-tests:" + instance.path();
    }
}
