package io.diskvault.slot;

import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.metrics.CommittedEvents;
import io.diskvault.slot.view.SlotRow;
import io.diskvault.slot.view.SlotTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import java.time.Instant;
import java.util.Arrays;

/// Counts what became of slots.
@Context
final class SlotMeters {
    private final SlotTable slots;
    private final MeterRegistry registry;

    SlotMeters(MeterRegistry registry, CommittedEvents events, SlotTable slots) {
        this.registry = registry;
        this.slots = slots;
        Arrays.stream(SlotState.values()).filter(SlotState::isFinal).forEach(state -> count(state, 0));
        events.each(this::on);
    }

    private void on(Object event) {
        switch (event) {
            case BackupSlotSkipped _ -> count(SlotState.SKIPPED, 1);
            case BackupSlotsMissed missed ->
                count(stateOf(missed), missed.slots().size());
            case JobEnded end
            when end.order() instanceof BackupOrder backup ->
                backup.slot().ifPresent(due -> count(stateOf(end, due), 1));
            default -> {}
        }
    }

    private static SlotState stateOf(BackupSlotsMissed missed) {
        return switch (missed.kind()) {
            case MISSED -> SlotState.MISSED;
            case COALESCED -> SlotState.COALESCED;
        };
    }

    private SlotState stateOf(JobEnded end, Instant due) {
        return switch (end) {
            case JobCompleted completed -> SlotState.completed(due, startOf(completed));
            case JobFailed _ -> SlotState.FAILED;
            case JobCancelled _ -> SlotState.SKIPPED;
        };
    }

    /// As the ledger has it, which may not have come to the start of a job that was done in a moment.
    private Instant startOf(JobCompleted job) {
        return slots.findByJob(job.job().text()).map(SlotRow::startTime).orElse(job.at());
    }

    private void count(SlotState state, int slotsMore) {
        Counter.builder("diskvault.slots")
                .description("Slots that have come to their final state.")
                .tag("state", state.text())
                .register(registry)
                .increment(slotsMore);
    }
}
