package io.diskvault.instance.web;

import io.diskvault.instance.Health;
import io.diskvault.instance.InstanceHealths;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A backup instance as it is told.
///
/// @param deletedTime when it was deleted, if it is
/// @param purgeTime when it will be gone for good, if it is deleted
/// @param nextSlot when the next scheduled backup is due; null while there are none
/// @param lastProven the latest restore test that proved one of its recovery points; null if there is none
/// @param proofOverdue whether that is longer ago than the vault's restore test plan allows
public record InstanceResponse(
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
        boolean proofOverdue,
        Health health) {
    /// The newest recovery point.
    public record LatestPoint(String id, @Nullable Instant snapshotTime) {}

    /// Makes the answers of everything that concerns instances.
    @Singleton
    public static class Source {
        private final InstanceRows rows;
        private final PolicyRows policies;
        private final Proofs proofs;
        private final InstanceHealths healths;
        private final Clock clock;

        Source(InstanceRows rows, PolicyRows policies, Proofs proofs, InstanceHealths healths, Clock clock) {
            this.rows = rows;
            this.policies = policies;
            this.proofs = proofs;
            this.healths = healths;
            this.clock = clock;
        }

        /// The instance's row, deleted or not.
        ///
        /// @throws io.diskvault.command.CommandRejected if it is not there
        InstanceRow row(InstanceId id) {
            return rows.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        }

        /// @throws io.diskvault.command.CommandRejected if it is not there
        InstanceResponse of(InstanceId id) {
            InstanceRow row = row(id);
            return teller(List.of(row)).apply(row);
        }

        /// Tells of instances that are there, in the order that is given.
        public List<InstanceResponse> ofAll(List<String> ids) {
            if (ids.isEmpty()) {
                return List.of();
            }
            Map<String, InstanceRow> found =
                    rows.findByIdIn(ids).stream().collect(Collectors.toMap(InstanceRow::id, row -> row));
            List<InstanceRow> inOrder =
                    ids.stream().map(found::get).filter(Objects::nonNull).toList();
            return inOrder.stream().map(teller(inOrder)).toList();
        }

        /// Tells of these rows: what belongs to them is read at once, whatever their number.
        Function<InstanceRow, InstanceResponse> teller(List<InstanceRow> all) {
            Instant now = clock.instant();
            List<String> ids = all.stream().map(InstanceRow::id).toList();
            Set<String> followed = all.stream().map(InstanceRow::policy).collect(Collectors.toSet());
            Map<String, Assigned> assigned = followed.isEmpty()
                    ? Map.of()
                    : policies.findByIdIn(followed).stream()
                            .collect(Collectors.toMap(PolicyRow::id, row -> Assigned.of(row, now)));
            Map<String, Proofs.Standing> proven = proofs.ofInstances(ids);
            Map<String, Health> known = healths.of(ids, now);
            return row -> tell(
                    row,
                    Optional.ofNullable(assigned.get(row.policy()))
                            .orElseThrow(() -> PolicyRejection.notFound(PolicyId.parse(row.policy()))),
                    proven.getOrDefault(row.id(), Proofs.Standing.NONE),
                    known.getOrDefault(row.id(), Health.HEALTHY));
        }

        /// @param nextSlot of a policy that many instances may follow, found once
        private record Assigned(String name, long version, Instant nextSlot) {
            static Assigned of(PolicyRow row, Instant now) {
                return new Assigned(
                        row.name(), row.version(), row.backupSchedule().nextAfter(now));
            }
        }

        private static InstanceResponse tell(
                InstanceRow row, Assigned assigned, Proofs.Standing standing, Health health) {
            boolean scheduled = ProtectionState.of(row.protectionState()) == ProtectionState.PROTECTION_CONFIGURED;
            return new InstanceResponse(
                    row.vault(),
                    row.name(),
                    row.disk(),
                    assigned.name(),
                    assigned.version(),
                    row.snapshotGroup(),
                    row.protectionState(),
                    row.protectedSince(),
                    row.deletedTime(),
                    row.purgeTime(),
                    row.latestPoint() == null ? null : new LatestPoint(row.latestPoint(), row.latestPointTime()),
                    scheduled ? assigned.nextSlot() : null,
                    standing.last().orElse(null),
                    standing.overdue(),
                    health);
        }
    }
}
