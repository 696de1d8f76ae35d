package io.diskvault.instance.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One recovery point. What has expired stays in the table for ever, to say why it was kept and why it went.
///
/// @param instanceId `vault/name`
/// @param policy `vault/name` of the policy that it was made by
/// @param timeZone whose calendar decided the tag and the time of expiry
/// @param snapshotGroup where its data is
/// @param holdReason why nothing may remove it, while there is a legal hold
/// @param exports how many exports there are of it; nothing may remove it while there are any
/// @param expiredTime when it was given up; its data goes soon after
/// @param expiryReason why it was given up
/// @param keptBy what had kept it beyond its time, with commas between
@MappedEntity("recovery_point")
public record RecoveryPointRow(
        @Id String id,
        String instanceId,
        String kind,
        Instant snapshotTime,
        String retentionTag,
        String retentionDuration,
        String policy,
        long policyVersion,
        String timeZone,
        Instant expiryTime,
        String changeDetection,
        long logicalBytes,
        long usedBytes,
        long changedBytes,
        long storedBytes,
        String snapshotGroup,
        @Nullable String holdReason,
        @Nullable Instant holdTime,
        int exports,
        @Nullable Instant expiredTime,
        @Nullable String expiryReason,
        @Nullable String keptBy) {
    public boolean isLive() {
        return expiredTime == null;
    }

    RecoveryPointRow held(@Nullable String reason, @Nullable Instant time) {
        return new RecoveryPointRow(
                id,
                instanceId,
                kind,
                snapshotTime,
                retentionTag,
                retentionDuration,
                policy,
                policyVersion,
                timeZone,
                expiryTime,
                changeDetection,
                logicalBytes,
                usedBytes,
                changedBytes,
                storedBytes,
                snapshotGroup,
                reason,
                time,
                exports,
                expiredTime,
                expiryReason,
                keptBy);
    }

    RecoveryPointRow exported(int times) {
        return new RecoveryPointRow(
                id,
                instanceId,
                kind,
                snapshotTime,
                retentionTag,
                retentionDuration,
                policy,
                policyVersion,
                timeZone,
                expiryTime,
                changeDetection,
                logicalBytes,
                usedBytes,
                changedBytes,
                storedBytes,
                snapshotGroup,
                holdReason,
                holdTime,
                times,
                expiredTime,
                expiryReason,
                keptBy);
    }

    RecoveryPointRow expired(Instant time, String reason, String keepers) {
        return new RecoveryPointRow(
                id,
                instanceId,
                kind,
                snapshotTime,
                retentionTag,
                retentionDuration,
                policy,
                policyVersion,
                timeZone,
                expiryTime,
                changeDetection,
                logicalBytes,
                usedBytes,
                changedBytes,
                storedBytes,
                snapshotGroup,
                holdReason,
                holdTime,
                exports,
                time,
                reason,
                keepers);
    }
}
