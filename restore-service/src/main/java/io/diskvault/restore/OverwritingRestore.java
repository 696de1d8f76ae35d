package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.Disks;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.job.JobFailure;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner.Result;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.EngineErrors;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Writes a recovery point over a disk that is there: where it lies, and only what differs. The disk is this job's
/// until it has ended. A repeated attempt finds what the one before wrote and goes on from there.
@Singleton
class OverwritingRestore {
    private final ExistingDiskCheck check;
    private final RestorePoints points;
    private final PointRestore engine;
    private final Disks disks;

    OverwritingRestore(ExistingDiskCheck check, RestorePoints points, PointRestore engine, Disks disks) {
        this.check = check;
        this.points = points;
        this.engine = engine;
        this.disks = disks;
    }

    Result restore(JobRun run, OverwriteOrder order) throws IOException, DatastoreException, JobFailure {
        DiskId disk = new DiskId(order.resourceGroup(), order.diskName());
        InstanceId source = new InstanceId(order.vault(), order.instance());
        if (disks.uniqueIdOf(disk).filter(order.diskId()::equals).isEmpty()) {
            throw RestoreRejection.diskReplaced(disk);
        }
        RestorePoints.Stored stored = points.find(source, order.recoveryPoint());
        VaultIdentity.require(check.missingRoles(source, disk));
        Obstacles obstacles = new Obstacles();
        check.look(disk, Optional.of(stored.point()), obstacles);
        obstacles.requireNone();
        write(run, order, stored, disk, obstacles.warned());
        return new Result(Optional.of(order.recoveryPoint()), List.of());
    }

    private void write(
            JobRun run, OverwriteOrder order, RestorePoints.Stored stored, DiskId disk, List<String> warnings)
            throws JobFailure {
        try {
            engine.toDisk(run, order, stored, disks.locate(disk), warnings);
        } catch (CommandRejected refused) {
            throw RestoreRejection.asFailure(refused);
        } catch (FileInUseException taken) {
            throw EngineErrors.failure("Writing over the disk '%s'".formatted(disk.path()), taken);
        } catch (DatastoreException | IOException failure) {
            throw halfway(EngineErrors.failure("Writing over the disk '%s'".formatted(disk.path()), failure)
                    .error());
        }
    }

    /// Whoever reads of the failure has to know what state it leaves.
    private static JobFailure halfway(JobError error) {
        return new JobFailure(new JobError(
                error.code(),
                error.message() + " The disk may be part old and part new now.",
                error.recommendedAction() + " Then restore it again before it is used: what is right already stays.",
                error.retryable()));
    }
}
