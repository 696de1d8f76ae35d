package io.diskvault.instance;

import io.diskvault.access.Access;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CheckOutcome;
import io.diskvault.command.CheckOutcome.Problem;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskFiles;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskRejection;
import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.engine.DatastoreException;
import io.diskvault.job.JobError;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRejection;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import io.diskvault.snapshot.EngineErrors;
import io.diskvault.vault.VaultId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a disk can be protected by a policy. What is found can change until the disk is protected: the streams check
/// again as they are written, and each backup checks the disk anew.
@Singleton
public class ProtectionCheck {
    private static final Set<String> MALFORMED =
            Set.of(GeneralRejection.INVALID_REQUEST.code(), GeneralRejection.INVALID_NAME.code());

    private final Access access;
    private final VaultIdentity identity;
    private final DiskRows disks;
    private final DiskFiles files;
    private final PolicyRows policies;
    private final ResourceGroupRows groups;
    private final Datastores datastores;

    ProtectionCheck(
            Access access,
            VaultIdentity identity,
            DiskRows disks,
            DiskFiles files,
            PolicyRows policies,
            ResourceGroupRows groups,
            Datastores datastores) {
        this.access = access;
        this.identity = identity;
        this.disks = disks;
        this.files = files;
        this.policies = policies;
        this.groups = groups;
        this.datastores = datastores;
    }

    /// Checks that all three are there, that the caller may see them, and that they are of use to each other.
    ///
    /// @throws CommandRejected for the first that is not
    public void requireUsable(DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup) {
        diskOf(disk);
        requirePolicy(policy);
        datastoreOf(snapshotGroup);
    }

    /// Looks for everything that is wrong, not for the first thing only.
    ///
    /// @param policy the name of a policy of the vault
    public CheckOutcome check(
            String vault, @Nullable String disk, @Nullable String policy, @Nullable String snapshotGroup) {
        List<Problem> problems = new ArrayList<>();
        collect(problems, () -> checkDisk(DiskId.parse(given("disk", disk)), problems));
        collect(problems, () -> requirePolicy(new PolicyId(vault, given("policy", policy))));
        collect(
                problems,
                () -> checkDatastore(
                        datastoreOf(new ResourceGroupId(given("snapshotResourceGroup", snapshotGroup))), problems));
        if (problems.stream().noneMatch(problem -> MALFORMED.contains(problem.code()))) {
            checkIdentity(
                    new VaultId(vault),
                    DiskId.parse(given("disk", disk)),
                    new ResourceGroupId(given("snapshotResourceGroup", snapshotGroup)),
                    problems);
        }
        return CheckOutcome.of(problems, warnings(disk, snapshotGroup));
    }

    private static void collect(List<Problem> problems, Runnable check) {
        try {
            check.run();
        } catch (CommandRejected refused) {
            problems.add(Problem.of(refused));
        }
    }

    private static String given(String field, @Nullable String value) {
        if (value == null) {
            throw GeneralRejection.invalid(field + " is missing.");
        }
        return value;
    }

    /// What is not there, or of no use, has been told already; nothing can be granted on it.
    private void checkIdentity(VaultId vault, DiskId disk, ResourceGroupId snapshotGroup, List<Problem> problems) {
        boolean useful = groups.findById(snapshotGroup.name())
                .filter(group -> group.datastore() != null)
                .isPresent();
        if (sees(disk) && sees(snapshotGroup) && useful) {
            identity.missingToBackUp(vault, disk, snapshotGroup)
                    .forEach(missing -> problems.add(Problem.of(missing.refusal())));
        }
    }

    private boolean sees(DiskId disk) {
        return disks.existsById(disk.path())
                && access.may(Permission.DISKS_READ, Scope.disk(disk.resourceGroup(), disk.name()));
    }

    private boolean sees(ResourceGroupId group) {
        return groups.existsById(group.name()) && access.may(Permission.GROUPS_READ, Scope.group(group.name()));
    }

    private void checkDisk(DiskId id, List<Problem> problems) {
        DiskRow disk = diskOf(id);
        if (disk.protectedBy() != null) {
            problems.add(Problem.of(DiskRejection.alreadyProtected(id, disk.protectedBy())));
        }
        ResourceGroupRow group = groups.findById(disk.resourceGroup())
                .orElseThrow(() -> new IllegalStateException("no resource group under " + id));
        files.sizeBytes(group, files.resolve(group, disk.source()), disk.diskFormat());
    }

    private void checkDatastore(Path directory, List<Problem> problems) {
        try {
            datastores.open(directory).listPoints();
        } catch (DatastoreException | IOException failure) {
            JobError error =
                    EngineErrors.failure("Opening the datastore", failure).error();
            problems.add(new Problem(error.code(), error.message(), error.recommendedAction()));
            return;
        }
        if (!Files.isWritable(directory)) {
            throw new CommandRejected(
                    InstanceRejection.SNAPSHOT_GROUP_NOT_WRITABLE,
                    "The server may not write to the datastore %s.".formatted(directory));
        }
    }

    private static List<Problem> warnings(@Nullable String disk, @Nullable String snapshotGroup) {
        return disk != null && snapshotGroup != null && disk.startsWith(snapshotGroup + "/")
                ? List.of(
                        new Problem(
                                "WarningSnapshotRGIsDiskRG",
                                "The snapshots go to the resource group '%s', which is the disk's own."
                                        .formatted(snapshotGroup),
                                "Keep snapshots in a resource group of their own: what is lost with one is not lost with the other."))
                : List.of();
    }

    private DiskRow diskOf(DiskId disk) {
        return disks.findById(disk.path()).filter(_ -> sees(disk)).orElseThrow(() -> DiskRejection.notFound(disk));
    }

    private void requirePolicy(PolicyId policy) {
        if (!policies.existsById(policy.path())) {
            throw PolicyRejection.notFound(policy);
        }
    }

    private Path datastoreOf(ResourceGroupId group) {
        ResourceGroupRow found = groups.findById(group.name())
                .filter(_ -> sees(group))
                .orElseThrow(() -> new CommandRejected(
                        InstanceRejection.SNAPSHOT_GROUP_NOT_FOUND,
                        "There is no resource group '%s' to keep the snapshots in.".formatted(group.name())));
        return Optional.ofNullable(found.datastore())
                .map(Path::of)
                .orElseThrow(() -> new CommandRejected(
                        InstanceRejection.SNAPSHOT_GROUP_INVALID,
                        "The resource group '%s' has no datastore, so it cannot keep snapshots."
                                .formatted(group.name())));
    }
}
