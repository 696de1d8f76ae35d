package io.diskvault.instance;

import io.diskvault.policy.SnapshotLimits;

/// What a request for a backup must not exceed.
///
/// @param scheduledPointsMax live recovery points of scheduled backups
/// @param pointsMax live recovery points in all
/// @param onDemandPerDay on-demand backups on one day of UTC
public record BackupLimits(int scheduledPointsMax, int pointsMax, int onDemandPerDay) {
    static BackupLimits of(SnapshotLimits snapshots, DailyLimits daily) {
        return new BackupLimits(
                snapshots.scheduledSnapshotCap(), snapshots.perDiskSnapshotLimit(), daily.onDemandBackupsPerDay());
    }
}
