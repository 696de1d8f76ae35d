package io.diskvault.slot.view;

import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobId;
import io.diskvault.slot.SlotState;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the ledger. It can be dropped and replayed.
///
/// A slot whose backup was requested has had its chance: whatever is said about it afterwards, because a clock was
/// ahead or behind, changes nothing; only its job does.
@Singleton
@ProcessingGroup(Views.GROUP)
public class SlotView {
    private final SlotTable slots;

    public SlotView(SlotTable slots) {
        this.slots = slots;
    }

    @EventHandler
    void on(BackupRequested event) {
        event.slot()
                .ifPresent(slot -> add(List.of(
                        SlotRow.queued(event.instance(), slot, event.job().text()))));
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        SlotReason reason = SlotReason.of(event.reason());
        add(List.of(SlotRow.passed(
                event.instance(), event.slot(), SlotState.SKIPPED, event.at(), reason.code(), reason.message())));
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        SlotState state = switch (event.kind()) {
            case MISSED -> SlotState.MISSED;
            case COALESCED -> SlotState.COALESCED;
        };
        SlotReason reason = SlotReason.of(event.kind());
        add(event.slots().stream()
                .map(slot -> SlotRow.passed(event.instance(), slot, state, event.at(), reason.code(), reason.message()))
                .toList());
    }

    /// Adds those that are not there, of which the first and the last are the oldest and the newest.
    private void add(List<SlotRow> rows) {
        SlotRow first = rows.getFirst();
        Set<String> known = slots
                .within(first.instanceId(), first.slot(), rows.getLast().slot())
                .stream()
                .map(SlotRow::id)
                .collect(Collectors.toSet());
        slots.add(rows.stream().filter(row -> !known.contains(row.id())).toList());
    }

    @EventHandler
    void on(BackupSlotsReopened event) {
        slots.forgetWithoutJob(event.instance().path(), event.at());
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        slots.forgetInstance(event.instance().path());
    }

    @EventHandler
    void on(JobStarted event) {
        change(event.job(), row -> row.running(event.at()));
    }

    @EventHandler
    void on(JobRequeued event) {
        change(event.job(), row -> row.queuedAgain(null, null));
    }

    @EventHandler
    void on(JobRetryScheduled event) {
        SlotReason reason = SlotReason.of(event.error());
        change(event.job(), row -> row.queuedAgain(reason.code(), reason.message()));
    }

    @EventHandler
    void on(JobCompleted event) {
        change(event.job(), row -> row.completed(event.at()));
    }

    @EventHandler
    void on(JobFailed event) {
        end(event.job(), SlotState.FAILED, event.at(), SlotReason.of(event.error()));
    }

    @EventHandler
    void on(JobCancelled event) {
        end(event.job(), SlotState.SKIPPED, event.at(), SlotReason.CANCELLED);
    }

    private void end(JobId job, SlotState state, Instant at, SlotReason reason) {
        change(job, row -> row.ended(state, at, reason.code(), reason.message()));
    }

    /// Most jobs that are of no slot were started by people; the others' instance is gone.
    private void change(JobId job, UnaryOperator<SlotRow> change) {
        slots.findByJob(job.text()).map(change).ifPresent(slots::change);
    }

    @ResetHandler
    void reset() {
        slots.forgetAll();
    }
}
