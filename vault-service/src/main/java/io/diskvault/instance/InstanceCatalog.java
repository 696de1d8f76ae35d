package io.diskvault.instance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.view.InstancePolicyRows;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.vault.VaultId;
import io.diskvault.web.Cursor;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the scheduler and the restores ask about instances. The answers follow the events some milliseconds behind;
/// the instance itself decides.
@Singleton
public class InstanceCatalog {
    /// More than any instance may have.
    private static final int POINTS_MAX = 1000;

    private final InstanceRows instances;
    private final InstancePolicyRows policies;
    private final RecoveryPointRows points;
    private final ResourceGroupRows groups;

    InstanceCatalog(
            InstanceRows instances, InstancePolicyRows policies, RecoveryPointRows points, ResourceGroupRows groups) {
        this.instances = instances;
        this.policies = policies;
        this.points = points;
        this.groups = groups;
    }

    /// One instance, if it is there.
    public Optional<ProtectedInstance> find(InstanceId instance) {
        return instances.findById(instance.path()).map(InstanceCatalog::protectedInstance);
    }

    /// One instance, deleted or not.
    ///
    /// @throws io.diskvault.command.CommandRejected if it is not there
    public ProtectedInstance known(InstanceId id) {
        return find(id).orElseThrow(() -> InstanceRejection.notFound(id));
    }

    /// An instance whose recovery points can be given back. Whoever wants something back from a deleted one undeletes
    /// it first, or it could be purged meanwhile.
    ///
    /// @throws io.diskvault.command.CommandRejected if it is not there, or deleted
    public ProtectedInstance restorable(InstanceId id) {
        ProtectedInstance instance = known(id);
        if (instance.state() == ProtectionState.SOFT_DELETED) {
            throw InstanceRejection.softDeleted(id);
        }
        return instance;
    }

    /// The instances of a policy that are not deleted; some may be stopped or suspended.
    public List<ProtectedInstance> ofPolicy(PolicyId policy) {
        return instances.findByPolicy(policy.path()).stream()
                .map(InstanceCatalog::protectedInstance)
                .filter(instance -> instance.state() != ProtectionState.SOFT_DELETED)
                .toList();
    }

    /// Since when an instance has had no newer recovery point.
    ///
    /// @param since when its latest was made, or its protection began if it has none
    public record Freshness(InstanceId instance, Instant since, boolean hasPoint) {}

    /// The same of the instances of a policy that are backed up.
    public List<Freshness> freshness(PolicyId policy) {
        return instances.findByPolicy(policy.path()).stream()
                .filter(row -> ProtectionState.of(row.protectionState()) == ProtectionState.PROTECTION_CONFIGURED)
                .map(row -> new Freshness(
                        InstanceId.parse(row.id()),
                        Objects.requireNonNullElse(row.latestPointTime(), row.protectedSince()),
                        row.latestPoint() != null))
                .toList();
    }

    /// The instances of a vault that are not deleted.
    public List<ProtectedInstance> ofVault(VaultId vault) {
        return instances.ofVault(vault.name()).stream()
                .map(InstanceCatalog::protectedInstance)
                .toList();
    }

    /// Those of them that have a recovery point.
    public List<ProtectedInstance> testable(VaultId vault) {
        return instances.ofVault(vault.name()).stream()
                .filter(row -> row.latestPoint() != null)
                .map(InstanceCatalog::protectedInstance)
                .toList();
    }

    /// The recovery points of an instance that have not expired, newest first.
    public List<String> livePoints(InstanceId instance) {
        return points.listBefore(instance.path(), Instant.EPOCH, Cursor.END_OF_TIME, "", POINTS_MAX).stream()
                .map(RecoveryPointRow::id)
                .toList();
    }

    /// The policies that the instances of a policy followed one after the other, this one included. Instances that
    /// followed no other are not among them.
    public Map<InstanceId, List<FollowedPolicy>> policiesFollowed(PolicyId policy) {
        return policies.ofInstancesWith(policy.path()).stream()
                .collect(groupingBy(
                        row -> InstanceId.parse(row.instanceId()),
                        mapping(row -> new FollowedPolicy(PolicyId.parse(row.policy()), row.since()), toList())));
    }

    /// The deleted instances that nobody undeleted in time.
    public List<ProtectedInstance> dueForPurge(Instant now) {
        return instances.dueForPurge(now).stream()
                .map(InstanceCatalog::protectedInstance)
                .toList();
    }

    /// The instances with at least one point, beside the newest, whose time is up and that nothing keeps.
    public List<InstanceId> withElapsedPoints(Instant now) {
        return points.instancesWithElapsedPoints(now).stream()
                .map(InstanceId::parse)
                .toList();
    }

    /// Whether a live recovery point belongs to an instance.
    public boolean hasPoint(InstanceId instance, String point) {
        return points.findById(point)
                .filter(row -> row.isLive() && row.instanceId().equals(instance.path()))
                .isPresent();
    }

    /// Looks for a live recovery point.
    ///
    /// @throws io.diskvault.command.CommandRejected if the instance has none of that id, or not any more
    public void requirePoint(InstanceId instance, String point) {
        Optional<RecoveryPointRow> found =
                points.findById(point).filter(row -> row.instanceId().equals(instance.path()));
        if (found.isEmpty()) {
            throw InstanceRejection.pointNotFound(instance, point);
        }
        if (!found.get().isLive()) {
            throw InstanceRejection.pointExpired(
                    instance, point, String.valueOf(found.get().expiredTime()));
        }
    }

    /// The newest recovery point of an instance.
    public Optional<String> newestPoint(InstanceId instance) {
        return instances.findById(instance.path()).map(InstanceRow::latestPoint);
    }

    /// The directory of the datastore that an instance's recovery points go to.
    public Optional<String> datastoreOf(InstanceId instance) {
        return instances
                .findById(instance.path())
                .flatMap(row -> groups.findById(row.snapshotGroup()))
                .map(ResourceGroupRow::datastore);
    }

    private static ProtectedInstance protectedInstance(InstanceRow row) {
        return new ProtectedInstance(
                InstanceId.parse(row.id()),
                DiskId.parse(row.disk()),
                PolicyId.parse(row.policy()),
                new ResourceGroupId(row.snapshotGroup()),
                ProtectionState.of(row.protectionState()),
                row.protectedSince(),
                Optional.ofNullable(row.lastSlot()),
                Optional.ofNullable(row.policySince()));
    }
}
