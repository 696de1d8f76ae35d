package io.diskvault.policy;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How many recovery points one disk may have at a time. Nothing is ever deleted to make room.
///
/// @param scheduledSnapshotCap how many of them may be of scheduled backups; 1 to 450. A policy that could exceed
///     it is refused, and at the cap slots are skipped. Raise it for policies that keep more, lower it where the
///     datastore is small
/// @param perDiskSnapshotLimit how many there may be in all; from the cap to 500. What it leaves above the cap
///     stays free for on-demand backups
@ConfigurationProperties("diskvault.limits")
public record SnapshotLimits(
        @Bindable(defaultValue = "180") int scheduledSnapshotCap,
        @Bindable(defaultValue = "200") int perDiskSnapshotLimit) {
    private static final int CAP_MAX = 450;
    private static final int LIMIT_MAX = 500;

    public SnapshotLimits {
        if (scheduledSnapshotCap < 1 || scheduledSnapshotCap > CAP_MAX) {
            throw new IllegalArgumentException("diskvault.limits.scheduled-snapshot-cap is %d; 1 to %d is allowed"
                    .formatted(scheduledSnapshotCap, CAP_MAX));
        }
        if (perDiskSnapshotLimit < scheduledSnapshotCap || perDiskSnapshotLimit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "diskvault.limits.per-disk-snapshot-limit is %d; %d (diskvault.limits.scheduled-snapshot-cap) to %d is allowed"
                            .formatted(perDiskSnapshotLimit, scheduledSnapshotCap, LIMIT_MAX));
        }
    }
}
