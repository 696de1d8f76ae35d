package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskType;
import io.diskvault.disk.Disks;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.JobFailure;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.ResourceGroups;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import io.diskvault.snapshot.EngineErrors;
import io.diskvault.snapshot.RunWatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Runs restore jobs: the engine writes and verifies the file under the job's own name, then it gets the disk's name,
/// then the disk is registered under an identity that is the job's. Each step says how far an earlier attempt came.
@Singleton
class RestoreRunner implements JobRunner {
    private final VaultIdentity identity;
    private final InstanceCatalog instances;
    private final ResourceGroups groups;
    private final RestoreTarget targets;
    private final Disks disks;
    private final Datastores datastores;
    private final Commands commands;
    private final Clock clock;

    RestoreRunner(
            VaultIdentity identity,
            InstanceCatalog instances,
            ResourceGroups groups,
            RestoreTarget targets,
            Disks disks,
            Datastores datastores,
            Commands commands,
            Clock clock) {
        this.identity = identity;
        this.instances = instances;
        this.groups = groups;
        this.targets = targets;
        this.disks = disks;
        this.datastores = datastores;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public Operation operation() {
        return Operation.RESTORE;
    }

    @Override
    public Result run(JobRun run) throws JobFailure {
        RestoreOrder order = (RestoreOrder) run.order();
        DiskId disk = new DiskId(order.resourceGroup(), order.diskName());
        try (Descriptor directory = targets.hold(disk.group())) {
            RestoreFiles files = RestoreFiles.in(directory.self(), run.job().text(), order.fileName());
            if (!isRegistered(run, disk)) {
                requireRoles(new InstanceId(order.vault(), order.instance()), disk.group());
                restore(run, order, disk, files);
            }
            files.tidyUp();
            return new Result(Optional.of(order.recoveryPoint()), List.of());
        } catch (CommandRejected refused) {
            throw RestoreRejection.asFailure(refused);
        } catch (DatastoreException | IOException failure) {
            throw EngineErrors.failure("Restoring to '%s'".formatted(disk.path()), failure);
        }
    }

    private void requireRoles(InstanceId id, ResourceGroupId target) {
        ProtectedInstance instance = instances.find(id).orElseThrow(() -> InstanceRejection.notFound(id));
        VaultIdentity.require(identity.missingToRestore(id.vaultId(), instance.snapshotGroup(), target));
    }

    private boolean isRegistered(JobRun run, DiskId disk) {
        return disks.uniqueIdOf(disk).filter(run.job().value()::equals).isPresent();
    }

    private void restore(JobRun run, RestoreOrder order, DiskId disk, RestoreFiles files)
            throws IOException, DatastoreException {
        makeFile(run, order, disk, files);
        try {
            commands.send(new RegisterDisk(
                    disk,
                    "file:" + order.fileName(),
                    DiskType.STANDARD_HDD.text(),
                    DiskFormat.RAW.text(),
                    Files.size(files.disk()),
                    run.job().value(),
                    clock.instant()));
        } catch (CommandRejected refused) {
            files.withdraw();
            throw refused;
        }
    }

    private void makeFile(JobRun run, RestoreOrder order, DiskId disk, RestoreFiles files)
            throws IOException, DatastoreException {
        boolean published = false;
        try {
            files.deleteUnfinished();
            if (!files.isWhole()) {
                targets.requireFree(disk);
                writeFile(run, order, files.ours());
            }
            files.publish();
            published = true;
        } catch (FileAlreadyExistsException taken) {
            throw RestoreRejection.diskExists(disk);
        } finally {
            if (!published) {
                files.tidyUp();
            }
        }
    }

    private void writeFile(JobRun run, RestoreOrder order, Path target) throws IOException, DatastoreException {
        InstanceId id = new InstanceId(order.vault(), order.instance());
        Datastore datastore = datastores.open(datastoreOf(id));
        RecoveryPoint point = datastore
                .recoveryPoint(id.datastoreName(), new RecoveryPointId(order.recoveryPoint()))
                .orElseThrow(() -> RestoreRejection.pointNotFound(id, order.recoveryPoint()));
        datastore.restore(point, target, RestoreOptions.NEW_FILE, new RunWatch(run));
        if (run.cancelled()) {
            throw new CancellationException("cancelled when the file was written");
        }
    }

    private Path datastoreOf(InstanceId id) {
        ProtectedInstance instance = instances.find(id).orElseThrow(() -> InstanceRejection.notFound(id));
        return groups.find(instance.snapshotGroup())
                .flatMap(ResourceGroups.Directories::datastore)
                .orElseThrow(() -> new IllegalStateException("no datastore in " + instance.snapshotGroup()));
    }
}
