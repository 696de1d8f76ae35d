package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskFiles;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskRejection;
import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.BackupResult;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.job.JobError;
import io.diskvault.job.JobFailure;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import io.diskvault.snapshot.DiskSources;
import io.diskvault.snapshot.EngineErrors;
import io.diskvault.snapshot.RunWatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Runs backup jobs: reads the disk, or what was written to an export of it, commits the recovery point in the
/// datastore, then tells the instance. The point's id is the job's, so a later attempt finds what an earlier one
/// committed and only tells.
@Singleton
class BackupRunner implements JobRunner {
    private final VaultIdentity identity;
    private final InstanceRows instances;
    private final DiskRows disks;
    private final ResourceGroupRows groups;
    private final PolicyRows policies;
    private final DiskFiles sources;
    private final Datastores datastores;
    private final Optional<ExportedChanges> exports;
    private final Commands commands;
    private final Clock clock;

    BackupRunner(
            VaultIdentity identity,
            InstanceRows instances,
            DiskRows disks,
            ResourceGroupRows groups,
            PolicyRows policies,
            DiskFiles sources,
            Datastores datastores,
            Optional<ExportedChanges> exports,
            Commands commands,
            Clock clock) {
        this.identity = identity;
        this.instances = instances;
        this.disks = disks;
        this.groups = groups;
        this.policies = policies;
        this.sources = sources;
        this.datastores = datastores;
        this.exports = exports;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public Operation operation() {
        return Operation.BACKUP;
    }

    @Override
    public Result run(JobRun run) throws JobFailure {
        InstanceId id = new InstanceId(run.order().vault(), run.order().instance());
        try {
            InstanceRow instance = instances.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
            RecoveryPoint point = makePoint(run, id, instance);
            tellOrRemove(run, id, instance, point);
            return new Result(Optional.of(run.job().text()), warningsOf(instance, point));
        } catch (CommandRejected refused) {
            throw new JobFailure(new JobError(
                    refused.rejection().code(),
                    String.valueOf(refused.getMessage()),
                    refused.rejection().recommendedAction(),
                    false));
        } catch (DatastoreException | IOException failure) {
            throw EngineErrors.failure("Backing up '%s'".formatted(id.path()), failure);
        }
    }

    private RecoveryPoint makePoint(JobRun run, InstanceId id, InstanceRow instance)
            throws IOException, DatastoreException {
        if (run.order() instanceof KeepOrder keep) {
            return exports.orElseThrow(() -> new IllegalStateException("Nobody serves exports here."))
                    .keep(id, keep.export(), new RecoveryPointId(run.job().text()), clock.instant(), new RunWatch(run));
        }
        return backUp(run, id, instance).point();
    }

    private BackupResult backUp(JobRun run, InstanceId id, InstanceRow instance)
            throws IOException, DatastoreException {
        DiskRow disk = disks.findById(instance.disk()).orElseThrow(() -> diskGone(instance));
        VaultIdentity.require(
                identity.missingToBackUp(id.vaultId(), disk.diskId(), new ResourceGroupId(instance.snapshotGroup())));
        ResourceGroupRow group = groupOf(disk.resourceGroup());
        Path path = sources.resolve(group, disk.source());
        Datastore datastore = datastores.open(datastoreOf(instance));
        RecoveryPointId point = new RecoveryPointId(run.job().text());
        BackupRequest request = new BackupRequest(
                id.datastoreName(), point, clock.instant(), disk.uniqueId().toString());
        try (DiskSource source = DiskSources.open(DiskFiles.rootOf(group), path, disk.diskFormat())) {
            return datastore.backUp(request, source, new RunWatch(run));
        }
    }

    /// A point that the instance refuses would never expire: nobody would know of it.
    private void tellOrRemove(JobRun run, InstanceId id, InstanceRow instance, RecoveryPoint point)
            throws IOException, DatastoreException {
        try {
            tellInstance(run, id, instance, point);
        } catch (CommandRejected refused) {
            if (refused.rejection() instanceof InstanceRejection) {
                datastores
                        .open(datastoreOf(instance))
                        .removeRecoveryPoint(
                                id.datastoreName(),
                                new RecoveryPointId(run.job().text()));
            }
            throw refused;
        }
    }

    private void tellInstance(JobRun run, InstanceId id, InstanceRow instance, RecoveryPoint point) {
        PolicyRow policy = policies.findById(instance.policy())
                .orElseThrow(() -> new IllegalStateException("no policy " + instance.policy()));
        Optional<Instant> slot = run.order() instanceof BackupOrder backup ? backup.slot() : Optional.empty();
        RecoveryPointFacts facts = new RecoveryPointFacts(
                run.job().text(),
                slot.isPresent() ? BackupKind.SCHEDULED : BackupKind.ON_DEMAND,
                point.snapshotTime(),
                textOf(point),
                point.logicalBytes(),
                point.usedBytes(),
                point.changedBytes(),
                point.storedBytes());
        commands.send(new RecordRecoveryPoint(
                id,
                run.job(),
                facts,
                policy.retentionTerms(),
                run.order().retentionTag().map(RetentionTag::of),
                clock.instant()));
    }

    private static String textOf(RecoveryPoint point) {
        return switch (point.changeDetection()) {
            case FULL_READ -> "FullRead";
            case OVERLAY -> "Overlay";
        };
    }

    private static List<String> warningsOf(InstanceRow instance, RecoveryPoint point) {
        return point.sourceChangedWhileRead()
                ? List.of("The disk '%s' was written to while it was read; the recovery point may mix states of it."
                        .formatted(instance.disk()))
                : List.of();
    }

    private ResourceGroupRow groupOf(String name) {
        return groups.findById(name)
                .orElseThrow(() -> new IllegalStateException("no resource group " + name + " under its disk"));
    }

    private Path datastoreOf(InstanceRow instance) {
        return Optional.ofNullable(groupOf(instance.snapshotGroup()).datastore())
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("no datastore in " + instance.snapshotGroup()));
    }

    private static CommandRejected diskGone(InstanceRow instance) {
        return DiskRejection.notFound(DiskId.parse(instance.disk()));
    }
}
