package io.diskvault.slot.view;

import io.diskvault.instance.InstanceId;
import io.diskvault.slot.SlotState;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One slot as people see it.
///
/// @param id instance and slot
/// @param instanceId `vault/name`
/// @param state the text of a [SlotState]
/// @param job its backup; null if none was asked for
/// @param startTime when the backup was first started
/// @param endTime when the slot came to its final state
/// @param reason a code: why it is as it is; null if there is nothing to explain
/// @param message the same in a sentence
@MappedEntity("slot")
public record SlotRow(
        @Id String id,
        String instanceId,
        Instant slot,
        String state,
        @Nullable String job,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable String reason,
        @Nullable String message) {

    static String keyOf(String instanceId, Instant slot) {
        return instanceId + " " + slot;
    }

    static SlotRow queued(InstanceId instance, Instant slot, String job) {
        return new SlotRow(
                keyOf(instance.path(), slot),
                instance.path(),
                slot,
                SlotState.QUEUED.text(),
                job,
                null,
                null,
                null,
                null);
    }

    /// A slot that gets no backup.
    static SlotRow passed(
            InstanceId instance, Instant slot, SlotState state, Instant at, String reason, String message) {
        return new SlotRow(
                keyOf(instance.path(), slot), instance.path(), slot, state.text(), null, null, at, reason, message);
    }

    SlotRow queuedAgain(@Nullable String why, @Nullable String said) {
        return new SlotRow(id, instanceId, slot, SlotState.QUEUED.text(), job, startTime, null, why, said);
    }

    /// The first start counts, whichever attempt made it.
    SlotRow running(Instant at) {
        return new SlotRow(
                id,
                instanceId,
                slot,
                SlotState.RUNNING.text(),
                job,
                startTime == null ? at : startTime,
                null,
                null,
                null);
    }

    SlotRow completed(Instant at) {
        SlotState completed = SlotState.completed(slot, startTime == null ? at : startTime);
        return ended(completed, at, null, null);
    }

    SlotRow ended(SlotState end, Instant at, @Nullable String why, @Nullable String said) {
        return new SlotRow(id, instanceId, slot, end.text(), job, startTime, at, why, said);
    }
}
