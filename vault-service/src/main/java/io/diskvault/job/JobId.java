package io.diskvault.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies a job.
public record JobId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JobId {}

    /// The id of the one job for an occasion: the same parts always give the same id, so that a doubled wake-up, a
    /// repeated request or a second node cannot make a second job.
    public static JobId forOccasion(String... parts) {
        return new JobId(UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(UTF_8)));
    }

    public static JobId random() {
        return new JobId(UUID.randomUUID());
    }

    /// As callers see it.
    public String text() {
        return value.toString();
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "job:" + value;
    }
}
