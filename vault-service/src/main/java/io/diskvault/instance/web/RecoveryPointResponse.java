package io.diskvault.instance.web;

import io.diskvault.instance.InstanceId;
import io.diskvault.instance.KeepReason;
import io.diskvault.instance.Proofs.Proof;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.policy.PolicyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recovery point as it is told.
///
/// @param state `Live` or `Expired`
/// @param timeZone whose calendar decided the tag and the time of expiry
/// @param expiryTime when the point may go; the newest of an instance stays all the same
/// @param why it is kept, or why it went, in a sentence
/// @param legalHold what keeps it whatever its time
/// @param expiredTime when it was given up
/// @param expiryReason why it was given up
/// @param keptBy what had kept it beyond its time
/// @param lastProof the latest restore test that proved it; null if there is none
record RecoveryPointResponse(
        String id,
        String vault,
        String instance,
        String state,
        String kind,
        Instant snapshotTime,
        String retentionTag,
        String retentionDuration,
        String policy,
        long policyVersion,
        String timeZone,
        Instant expiryTime,
        String why,
        @Nullable LegalHold legalHold,
        @Nullable Instant expiredTime,
        @Nullable String expiryReason,
        List<KeepReason> keptBy,
        String changeDetection,
        long logicalBytes,
        long usedBytes,
        long changedBytes,
        long storedBytes,
        @Nullable Proof lastProof) {
    record LegalHold(String reason, Instant since) {
        static @Nullable LegalHold of(RecoveryPointRow row) {
            return row.holdReason() == null || row.holdTime() == null
                    ? null
                    : new LegalHold(row.holdReason(), row.holdTime());
        }
    }

    /// Of a point that has not expired.
    static RecoveryPointResponse live(
            RecoveryPointRow row, InstanceRow instance, Instant now, @Nullable Proof lastProof) {
        return of(row, "Live", Reasons.whyKept(row, instance, now), lastProof);
    }

    /// Of a point that has.
    static RecoveryPointResponse expired(RecoveryPointRow row, @Nullable Proof lastProof) {
        return of(row, "Expired", Reasons.whyRemoved(row), lastProof);
    }

    private static RecoveryPointResponse of(RecoveryPointRow row, String state, String why, @Nullable Proof lastProof) {
        InstanceId instance = InstanceId.parse(row.instanceId());
        return new RecoveryPointResponse(
                row.id(),
                instance.vault(),
                instance.name(),
                state,
                row.kind(),
                row.snapshotTime(),
                row.retentionTag(),
                row.retentionDuration(),
                PolicyId.parse(row.policy()).name(),
                row.policyVersion(),
                row.timeZone(),
                row.expiryTime(),
                why,
                LegalHold.of(row),
                row.expiredTime(),
                row.expiryReason(),
                Reasons.keptBy(row),
                row.changeDetection(),
                row.logicalBytes(),
                row.usedBytes(),
                row.changedBytes(),
                row.storedBytes(),
                lastProof);
    }
}
