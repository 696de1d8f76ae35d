package io.diskvault.restore;

import io.diskvault.disk.DiskId;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.instance.InstanceId;

/// What somebody wants to be restored, and where to.
///
/// @param instance whose recovery point it is
/// @param point the recovery point's id, or `latest`: the newest there is
/// @param disk the disk that is made or written over
/// @param overwrite whether the disk is there and is to be written over; otherwise it must be new
/// @param continueOnDamage whether damaged parts of the point are left out and told
/// @param format what a new disk is made in
public record RestoreWish(
        InstanceId instance,
        String point,
        DiskId disk,
        boolean overwrite,
        boolean continueOnDamage,
        DiskFormat format) {
    /// Instead of a recovery point's id.
    public static final String LATEST = "latest";
}
