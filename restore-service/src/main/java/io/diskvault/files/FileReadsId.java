package io.diskvault.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.instance.InstanceId;

/// Identifies what was read of the files of one recovery point.
public record FileReadsId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FileReadsId {}

    public static FileReadsId of(InstanceId instance, String recoveryPoint) {
        return new FileReadsId("files:" + instance.path() + "/" + recoveryPoint);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return value;
    }
}
