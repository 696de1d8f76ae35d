package io.diskvault.slot.view;

import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobError;
import io.diskvault.web.ColumnText;

/// Why a slot is as it is.
///
/// @param code for programs
/// @param message for people
record SlotReason(String code, String message) {
    /// As the table has them.
    private static final int CODE_MAX = 100;

    private static final int MESSAGE_MAX = 4000;

    static final SlotReason CANCELLED = new SlotReason("JobCancelled", "Its backup was cancelled.");

    SlotReason {
        code = ColumnText.of(code, CODE_MAX);
        message = ColumnText.of(message, MESSAGE_MAX);
    }

    static SlotReason of(MissKind kind) {
        return switch (kind) {
            case MISSED ->
                new SlotReason("StartWindowPassed", "No server was there to start it while its start window lasted.");
            case COALESCED ->
                new SlotReason("NewerSlotStarted", "A newer slot was due at the same time; only that one was started.");
        };
    }

    static SlotReason of(SkipReason reason) {
        return switch (reason) {
            case STILL_RUNNING ->
                new SlotReason("StillRunning", "Another backup of the instance was still queued or running.");
            case DISK_BEING_RESTORED ->
                new SlotReason("DiskBeingRestored", "A restore that writes over the disk was queued or running.");
            case PROTECTION_STOPPED ->
                new SlotReason("ProtectionStopped", "The protection of the instance was stopped.");
            case BACKUPS_SUSPENDED -> new SlotReason("BackupsSuspended", "The backups of the instance were suspended.");
            case MAX_RECOVERY_POINTS_REACHED ->
                new SlotReason(
                        "UserErrorMaxRecoveryPointsReached",
                        "The instance had as many recovery points as it may have; none is removed to make room.");
        };
    }

    static SlotReason of(JobError error) {
        return new SlotReason(error.code(), error.message());
    }
}
