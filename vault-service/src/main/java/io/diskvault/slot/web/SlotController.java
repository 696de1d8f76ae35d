package io.diskvault.slot.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.slot.SlotState;
import io.diskvault.slot.view.SlotRow;
import io.diskvault.slot.view.SlotRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/slots`: the ledger.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/slots")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SlotController {
    private final InstanceRows instances;
    private final SlotRows slots;

    SlotController(InstanceRows instances, SlotRows slots) {
        this.instances = instances;
        this.slots = slots;
    }

    /// @param code for programs
    record Reason(String code, @Nullable String message) {}

    /// @param lateness how long after the slot its backup was started; null if it was not
    /// @param reason why there was no backup, or why it is to be repeated
    /// @param job the slot's backup
    /// @param endTime when the slot came to its final state
    record SlotResponse(
            Instant slot,
            String state,
            @Nullable Duration lateness,
            @Nullable Reason reason,
            @Nullable String job,
            @Nullable Instant startTime,
            @Nullable Instant endTime) {
        static SlotResponse of(SlotRow row) {
            return new SlotResponse(
                    row.slot(),
                    row.state(),
                    row.startTime() == null ? null : lateness(row.slot(), row.startTime()),
                    row.reason() == null ? null : new Reason(row.reason(), row.message()),
                    row.job(),
                    row.startTime(),
                    row.endTime());
        }

        /// A clock that was set back may have started it before its time.
        private static Duration lateness(Instant slot, Instant start) {
            return start.isBefore(slot) ? Duration.ZERO : Duration.between(slot, start);
        }
    }

    /// @param from the earliest slot
    /// @param to the slot before which
    /// @param state only slots in this state
    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<SlotResponse> list(
            String vault,
            String instance,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = new InstanceId(vault, instance);
        if (!instances.existsById(id.path())) {
            throw InstanceRejection.notFound(id);
        }
        int count = Cursor.limit(limit);
        return Listing.of(
                slots.listBefore(
                        id.path(),
                        Cursor.listed(from, Instant.EPOCH),
                        Cursor.parse(cursor).until(to).time(),
                        Optional.ofNullable(state)
                                .map(SlotState::of)
                                .map(SlotState::text)
                                .orElse(null),
                        count + 1),
                count,
                SlotResponse::of,
                row -> new Cursor(row.slot(), ""));
    }
}
