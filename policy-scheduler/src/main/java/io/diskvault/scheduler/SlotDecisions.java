package io.diskvault.scheduler;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.JobId;
import io.diskvault.policy.SlotTimeline;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has an instance decide about its due slots. What is known about the instance may be old: it decides each slot once,
/// and the id of a slot's job follows from the slot.
@Singleton
class SlotDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(SlotDecisions.class);

    private final Commands commands;
    private final ScheduleSettings settings;

    SlotDecisions(Commands commands, ScheduleSettings settings) {
        this.commands = commands;
        this.settings = settings;
    }

    /// @param timelines the slots of an instance; only asked if they matter
    /// @return whether a backup was asked for
    /// @throws io.diskvault.command.CommandRejected if the instance is gone
    boolean decide(Function<ProtectedInstance, SlotTimeline> timelines, ProtectedInstance instance, Instant now) {
        if (instance.isAheadOf(now)) {
            // The clock was ahead, or is behind that of another node. The next wake-up knows what is due.
            commands.send(new ReopenSlots(instance.instance(), now));
            return false;
        }
        DueSlots due = DueSlots.of(timelines.apply(instance), instance, now, settings.startWindow());
        due.missed().forEach(slots -> pass(instance, slots, MissKind.MISSED, now));
        due.coalesced().forEach(slots -> pass(instance, slots, MissKind.COALESCED, now));
        due.start().ifPresent(slot -> start(instance, slot, now));
        return due.start().isPresent();
    }

    private void pass(ProtectedInstance instance, List<Instant> slots, MissKind kind, Instant now) {
        LOG.warn(
                "instance {}: {} slots were {}, from {} to {}",
                instance.instance().path(),
                slots.size(),
                kind == MissKind.MISSED ? "missed" : "coalesced",
                slots.getFirst(),
                slots.getLast());
        commands.send(new RecordMissedSlots(instance.instance(), instance.decidedUntil(), slots, kind, now));
    }

    private void start(ProtectedInstance instance, Instant slot, Instant now) {
        InstanceId id = instance.instance();
        commands.send(new RequestBackup(
                id,
                JobId.ofSlot(slot, "slot", id.path()),
                Optional.of(slot),
                Optional.of(instance.decidedUntil()),
                Optional.empty(),
                Optional.of(settings.retriesOf(slot)),
                now));
        LOG.info("instance {}: slot {} was decided", id.path(), slot);
    }
}
