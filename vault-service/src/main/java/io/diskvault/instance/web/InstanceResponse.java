package io.diskvault.instance.web;

import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.Proofs;
import io.diskvault.instance.Proofs.Proof;
import io.diskvault.instance.ProtectionState;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRejection;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A backup instance as it is told.
///
/// @param deletedTime when it was deleted, if it is
/// @param purgeTime when it will be gone for good, if it is deleted
/// @param nextSlot when the next scheduled backup is due; null while there are none
/// @param lastProven the latest restore test that proved one of its recovery points; null if there is none
/// @param proofOverdue whether that is longer ago than the vault's restore test plan allows
record InstanceResponse(
        String vault,
        String name,
        String disk,
        String policy,
        long policyVersion,
        String snapshotResourceGroup,
        String protectionState,
        Instant protectedSince,
        @Nullable Instant deletedTime,
        @Nullable Instant purgeTime,
        @Nullable LatestPoint latestRecoveryPoint,
        @Nullable Instant nextSlot,
        @Nullable Proof lastProven,
        boolean proofOverdue) {
    record LatestPoint(String id, @Nullable Instant snapshotTime) {}

    /// Makes the answers of everything that concerns one instance.
    @Singleton
    static class Source {
        private final InstanceRows rows;
        private final PolicyRows policies;
        private final Proofs proofs;
        private final Clock clock;

        Source(InstanceRows rows, PolicyRows policies, Proofs proofs, Clock clock) {
            this.rows = rows;
            this.policies = policies;
            this.proofs = proofs;
            this.clock = clock;
        }

        /// The instance's row, deleted or not.
        InstanceRow row(InstanceId id) {
            return rows.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        }

        InstanceResponse of(InstanceId id) {
            return of(row(id));
        }

        InstanceResponse of(InstanceRow row) {
            PolicyId policy = PolicyId.parse(row.policy());
            PolicyRow assigned = policies.findById(row.policy()).orElseThrow(() -> PolicyRejection.notFound(policy));
            boolean scheduled = ProtectionState.of(row.protectionState()) == ProtectionState.PROTECTION_CONFIGURED;
            Proofs.Standing standing = proofs.of(InstanceId.parse(row.id()));
            return new InstanceResponse(
                    row.vault(),
                    row.name(),
                    row.disk(),
                    policy.name(),
                    assigned.version(),
                    row.snapshotGroup(),
                    row.protectionState(),
                    row.protectedSince(),
                    row.deletedTime(),
                    row.purgeTime(),
                    row.latestPoint() == null ? null : new LatestPoint(row.latestPoint(), row.latestPointTime()),
                    scheduled ? assigned.backupSchedule().nextAfter(clock.instant()) : null,
                    standing.last().orElse(null),
                    standing.overdue());
        }
    }
}
