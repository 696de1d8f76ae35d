package io.diskvault.restore.web;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.disk.DiskId;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.instance.InstanceId;
import io.diskvault.restore.RestoreRejection;
import io.diskvault.restore.RestoreWish;
import org.jspecify.annotations.Nullable;

/// What a caller wrote about a restore.
///
/// @param recoveryPoint its id, or `latest`
/// @param continueOnDamage whether damaged parts are left out and told, instead of failing the job; never unless asked
record RestoreRequest(
        @Nullable String recoveryPoint,
        @Nullable Target target,
        @Nullable Boolean continueOnDamage) {
    /// Either a resource group and a disk name, or the original disk.
    ///
    /// @param format what a new disk is made in: one of [DiskFormat]; `raw` if absent
    /// @param originalDisk whether the disk of the instance is written over
    /// @param overwrite whether the named disk is there and is written over; otherwise it must be new
    /// @param confirm the disk that is written over, as `resourceGroup/diskName`: only who says it again means it
    /// @param grantMissing whether to give the vault's identity what it lacks; only who may grant it may ask for it
    record Target(
            @Nullable String resourceGroup,
            @Nullable String diskName,
            @Nullable String format,
            @Nullable Boolean originalDisk,
            @Nullable Boolean overwrite,
            @Nullable String confirm,
            @Nullable Boolean grantMissing) {}

    /// What is wanted, if it makes sense.
    ///
    /// @param original the disk of the instance
    /// @throws CommandRejected if it does not
    RestoreWish wish(InstanceId instance, DiskId original) {
        if (recoveryPoint == null) {
            throw GeneralRejection.invalid("recoveryPoint is missing; give an id, or \"latest\".");
        }
        Target to = to();
        boolean over = Boolean.TRUE.equals(to.originalDisk()) || Boolean.TRUE.equals(to.overwrite());
        return new RestoreWish(
                instance,
                recoveryPoint,
                diskOf(to, original),
                over,
                Boolean.TRUE.equals(continueOnDamage),
                formatOf(to, over));
    }

    Target to() {
        if (target == null) {
            throw GeneralRejection.invalid(
                    "target is missing; it needs a resourceGroup and a diskName, or \"originalDisk\": true.");
        }
        return target;
    }

    boolean grantMissing() {
        return Boolean.TRUE.equals(to().grantMissing());
    }

    private static DiskId diskOf(Target to, DiskId original) {
        if (Boolean.TRUE.equals(to.originalDisk())) {
            if (to.resourceGroup() != null || to.diskName() != null) {
                throw GeneralRejection.invalid(
                        "target has originalDisk and names a disk as well; give one or the other.");
            }
            return original;
        }
        if (to.resourceGroup() == null || to.diskName() == null) {
            throw GeneralRejection.invalid("target needs a resourceGroup and a diskName, or \"originalDisk\": true.");
        }
        return new DiskId(to.resourceGroup(), to.diskName());
    }

    private static DiskFormat formatOf(Target to, boolean over) {
        String format = to.format();
        if (format == null) {
            return DiskFormat.RAW;
        }
        if (over) {
            throw new CommandRejected(
                    RestoreRejection.FORMAT_NOT_SUPPORTED,
                    "target.format is %s, but a disk that is written over keeps the format that it is registered with."
                            .formatted(Quoted.of(format)));
        }
        return DiskFormat.of(format)
                .orElseThrow(() -> new CommandRejected(
                        RestoreRejection.FORMAT_NOT_SUPPORTED,
                        "target.format is %s; %s are possible.".formatted(Quoted.of(format), DiskFormat.choices())));
    }
}
