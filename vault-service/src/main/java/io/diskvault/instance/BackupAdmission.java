package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceEvent.SkipReason;
import java.util.Objects;
import java.util.Optional;

/// Whether an instance takes a backup now. What makes a slot be skipped makes a request be refused.
record BackupAdmission(ProtectionState state, BackupHistory backups, LivePoints points) {
    /// What stands against the backup.
    Optional<SkipReason> obstacle(DecideBackup command) {
        Optional<SkipReason> halted = halted();
        if (halted.isPresent()) {
            return halted;
        }
        if (backups.running() != null) {
            return Optional.of(SkipReason.STILL_RUNNING);
        }
        if (backups.overwriting() != null) {
            return Optional.of(SkipReason.DISK_BEING_RESTORED);
        }
        BackupKind kind = command.slot().isPresent() ? BackupKind.SCHEDULED : BackupKind.ON_DEMAND;
        return points.isFull(kind, command.limits())
                ? Optional.of(SkipReason.MAX_RECOVERY_POINTS_REACHED)
                : Optional.empty();
    }

    /// Why there are no backups at all, not even late ones.
    Optional<SkipReason> halted() {
        return switch (state) {
            case PROTECTION_STOPPED -> Optional.of(SkipReason.PROTECTION_STOPPED);
            case BACKUPS_SUSPENDED -> Optional.of(SkipReason.BACKUPS_SUSPENDED);
            case PROTECTION_CONFIGURED, SOFT_DELETED -> Optional.empty();
        };
    }

    CommandRejected refusal(DecideBackup command, SkipReason obstacle) {
        String instance = command.instance().path();
        return switch (obstacle) {
            case STILL_RUNNING ->
                InstanceRejection.stillRunning(command.instance(), Objects.requireNonNull(backups.running()));
            case DISK_BEING_RESTORED ->
                InstanceRejection.diskBeingRestored(command.instance(), Objects.requireNonNull(backups.overwriting()));
            case PROTECTION_STOPPED ->
                new CommandRejected(
                        InstanceRejection.PROTECTION_STOPPED, "The protection of '%s' is stopped.".formatted(instance));
            case BACKUPS_SUSPENDED ->
                new CommandRejected(
                        InstanceRejection.BACKUPS_SUSPENDED, "The backups of '%s' are suspended.".formatted(instance));
            case MAX_RECOVERY_POINTS_REACHED ->
                new CommandRejected(
                        InstanceRejection.MAX_RECOVERY_POINTS_REACHED,
                        "'%s' has %d recovery points, as many as it may have."
                                .formatted(instance, points.all().size()));
        };
    }

    /// Slots have no such limit.
    void requireLeftToday(DecideBackup command) {
        if (command.slot().isEmpty()) {
            int max = command.limits().onDemandPerDay();
            backups.onDemand().exhaustedUntil(command.at(), max).ifPresent(until -> {
                throw new CommandRejected(
                        InstanceRejection.ON_DEMAND_LIMIT_REACHED,
                        "'%s' has had its %d on-demand backups of this day; the next is possible at %s."
                                .formatted(command.instance().path(), max, until));
            });
        }
    }
}
