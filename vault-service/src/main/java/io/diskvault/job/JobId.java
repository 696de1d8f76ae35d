package io.diskvault.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.UUID;

/// Identifies a job.
///
/// Ids begin with their time, as far as they have one: jobs of the same hour are neighbours in every index, which
/// databases then need not write all over.
public record JobId(@JsonValue UUID value) {
    /// Of RFC 9562, 5.7: milliseconds, then chance.
    private static final int TIME_AND_CHANCE = 7;

    /// Of RFC 9562, 5.8: here milliseconds, then a hash.
    private static final int TIME_AND_HASH = 8;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JobId {}

    /// The id of the one job for a slot: the same slot always gives the same id, so that a doubled wake-up or a second
    /// node cannot make a second job.
    ///
    /// @param slot not before 1970
    /// @param occasion keeps jobs of different schedules apart
    /// @param instance `vault/name`
    public static JobId ofSlot(Instant slot, String occasion, String instance) {
        return of(
                slot,
                TIME_AND_HASH,
                forOccasion(occasion, instance, slot.toString()).value());
    }

    /// The id of the one job for an occasion that has no time: the same parts always give the same id, so that a
    /// repeated request cannot make a second job.
    public static JobId forOccasion(String... parts) {
        return new JobId(UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(UTF_8)));
    }

    /// A new id.
    ///
    /// @param now not before 1970
    public static JobId random(Instant now) {
        return of(now, TIME_AND_CHANCE, UUID.randomUUID());
    }

    private static JobId of(Instant time, int version, UUID rest) {
        long high = time.toEpochMilli() << 16 | version << 12 | (rest.getMostSignificantBits() & 0xfff);
        return new JobId(new UUID(high, rest.getLeastSignificantBits()));
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
