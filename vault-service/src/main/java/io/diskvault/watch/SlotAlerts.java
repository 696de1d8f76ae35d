package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceId;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/// Tells of slots that should have had a backup and had none. A slot that was only coalesced into a newer one, or
/// that people had called off, is no reason.
@DisallowReplay
@ProcessingGroup(Alerts.GROUP)
final class SlotAlerts {
    private final Alerts alerts;

    SlotAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        if (event.kind() == MissKind.MISSED) {
            Instant last = event.slots().getLast();
            Cause cause = cause(
                    event.instance(),
                    "%s had no backup at %s: no server was there to start it in time."
                            .formatted(
                                    event.instance().path(),
                                    event.slots().size() == 1
                                            ? last
                                            : "%d slots, the last at %s"
                                                    .formatted(event.slots().size(), last)),
                    "Keep the server running at the times of the schedule, or back up now.");
            alerts.occurred(cause, last.toString(), event.slots().size(), event.at());
        }
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        String path = event.instance().path();
        switch (event.reason()) {
            case STILL_RUNNING ->
                skipped(
                        event,
                        "%s had no backup at %s: the one before was still running.".formatted(path, event.slot()),
                        "Look why its backups take so long, or give it a policy with a longer interval.");
            case MAX_RECOVERY_POINTS_REACHED ->
                skipped(
                        event,
                        "%s had no backup at %s: UserErrorMaxRecoveryPointsReached, it has as many recovery points as it may have."
                                .formatted(path, event.slot()),
                        "Shorten the retention of its policy, release legal holds and end exports that are not needed, or"
                                + " raise diskvault.limits.scheduled-snapshot-cap.");
            case DISK_BEING_RESTORED, PROTECTION_STOPPED, BACKUPS_SUSPENDED -> {}
        }
    }

    private void skipped(BackupSlotSkipped event, String message, String action) {
        alerts.occurred(cause(event.instance(), message, action), event.slot().toString(), event.at());
    }

    private static Cause cause(InstanceId instance, String message, String action) {
        return Cause.ofInstance(AlertKind.SLOT_MISSED, instance.vault(), instance.name(), message, action);
    }

    /// Nobody expects backups of it any more.
    @EventHandler
    void on(ProtectionStopped event) {
        backupsEnded(event.instance(), event.at());
    }

    @EventHandler
    void on(BackupsSuspended event) {
        backupsEnded(event.instance(), event.at());
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        backupsEnded(event.instance(), event.at());
        alerts.gone(AlertKind.RESTORE_FAILED, event.instance().path(), event.at());
        alerts.gone(AlertKind.RESTORE_TEST_FAILED, event.instance().path(), event.at());
        alerts.gone(AlertKind.DAMAGED_DATA, event.instance().path(), event.at());
        alerts.gone(AlertKind.RETENTION_SHORTENED, event.instance().path(), event.at());
    }

    private void backupsEnded(InstanceId instance, Instant at) {
        alerts.gone(AlertKind.BACKUP_FAILED, instance.path(), at);
        alerts.gone(AlertKind.SLOT_MISSED, instance.path(), at);
    }
}
