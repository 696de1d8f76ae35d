package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskType;
import io.diskvault.disk.Disks;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner.Result;
import io.diskvault.role.VaultIdentity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Makes a new disk: the engine writes and verifies the file under the job's own name, then it gets the disk's name,
/// then the disk is registered under an identity that is the job's. Each step says how far an earlier attempt came.
@Singleton
class NewDiskRestore {
    private final NewDiskCheck check;
    private final RestoreTarget targets;
    private final RestorePoints points;
    private final PointRestore engine;
    private final Disks disks;
    private final Commands commands;
    private final Clock clock;

    NewDiskRestore(
            NewDiskCheck check,
            RestoreTarget targets,
            RestorePoints points,
            PointRestore engine,
            Disks disks,
            Commands commands,
            Clock clock) {
        this.check = check;
        this.targets = targets;
        this.points = points;
        this.engine = engine;
        this.disks = disks;
        this.commands = commands;
        this.clock = clock;
    }

    Result restore(JobRun run, RestoreOrder order) throws IOException, DatastoreException {
        DiskId disk = new DiskId(order.resourceGroup(), order.diskName());
        try (Descriptor directory = targets.hold(disk.group())) {
            RestoreFiles files = RestoreFiles.in(directory.self(), run.job().text(), order.fileName());
            if (!isRegistered(run, disk)) {
                VaultIdentity.require(check.missingRoles(new InstanceId(order.vault(), order.instance()), disk));
                makeFile(run, order, disk, files);
                register(run, order, disk, files);
            }
            files.tidyUp();
            return new Result(Optional.of(order.recoveryPoint()), List.of());
        }
    }

    private boolean isRegistered(JobRun run, DiskId disk) {
        return disks.uniqueIdOf(disk).filter(run.job().value()::equals).isPresent();
    }

    private void makeFile(JobRun run, RestoreOrder order, DiskId disk, RestoreFiles files)
            throws IOException, DatastoreException {
        boolean leave = false;
        try {
            if (!files.isWhole()) {
                targets.requireFree(disk, order.diskFormat());
                writeFile(run, order, disk, files.ours());
            }
            files.publish();
            leave = true;
        } catch (FileAlreadyExistsException taken) {
            throw RestoreRejection.diskExists(disk);
        } catch (CancellationException stopped) {
            leave = !run.unwanted(); // the next attempt goes on with it
            throw stopped;
        } finally {
            if (!leave) {
                files.tidyUp();
            }
        }
    }

    private void writeFile(JobRun run, RestoreOrder order, DiskId disk, Path target)
            throws IOException, DatastoreException {
        RestorePoints.Stored stored =
                points.find(new InstanceId(order.vault(), order.instance()), order.recoveryPoint());
        if (run.attempt() == 1) {
            // A later attempt may have the room already.
            NewDiskCheck.requireRoom(disk, target.resolveSibling(""), stored.point());
        }
        engine.toNewFile(run, order, stored, target);
    }

    private static long sizeBytes(Path file, DiskFormat format) throws IOException {
        try (DiskSource disk = DiskImages.open(file, format)) {
            return disk.sizeBytes();
        }
    }

    private void register(JobRun run, RestoreOrder order, DiskId disk, RestoreFiles files) throws IOException {
        try {
            commands.send(new RegisterDisk(
                    disk,
                    "file:" + order.fileName(),
                    DiskType.STANDARD_HDD.text(),
                    order.format(),
                    sizeBytes(files.disk(), order.diskFormat()),
                    run.job().value(),
                    clock.instant()));
        } catch (CommandRejected refused) {
            files.withdraw();
            throw refused;
        }
    }
}
