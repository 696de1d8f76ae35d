package io.diskvault.slot;

import io.diskvault.command.GeneralRejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What became of a slot.
public enum SlotState {
    /// Its backup waits for a worker, or to be repeated.
    QUEUED("Queued"),
    RUNNING("Running"),
    /// Backed up; started within a minute.
    ON_TIME("OnTime"),
    /// Backed up; started later than that.
    LATE("Late"),
    /// Nobody was there to start it while its start window lasted.
    MISSED("Missed"),
    /// It could still have been started, but so could a newer one, which was.
    COALESCED("Coalesced"),
    /// It was not to be started, or its backup was cancelled.
    SKIPPED("Skipped"),
    /// Its backup failed, and the retries were of no use.
    FAILED("Failed");

    private static final Duration ON_TIME_MAX = Duration.ofMinutes(1);

    private final String text;

    SlotState(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    public String text() {
        return text;
    }

    /// Whether it will stay so.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case ON_TIME, LATE, MISSED, COALESCED, SKIPPED, FAILED -> true;
        };
    }

    /// What a slot is whose backup has completed.
    public static SlotState completed(Instant slot, Instant startTime) {
        return startTime.isAfter(slot.plus(ON_TIME_MAX)) ? LATE : ON_TIME;
    }

    /// @throws io.diskvault.command.CommandRejected if there is no such state
    public static SlotState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("'%s' is no state of a slot; there are %s."
                        .formatted(
                                text,
                                Arrays.stream(values()).map(SlotState::text).collect(Collectors.joining(", ")))));
    }
}
