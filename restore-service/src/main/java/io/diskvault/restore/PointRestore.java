package io.diskvault.restore;

import io.diskvault.command.Commands;
import io.diskvault.disk.Disks.Place;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.RestoreResult;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.job.JobCommand.MeasureRestore;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import io.diskvault.job.JobRun;
import io.diskvault.snapshot.RunWatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Lets the engine restore a point for a job, and tells the job what that did.
@Singleton
class PointRestore {
    private final Commands commands;
    private final Clock clock;

    PointRestore(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// To a file that appears when it is whole. The next attempt of the same job goes on where this one was killed.
    void toNewFile(JobRun run, RestoreOrder order, RestorePoints.Stored stored, Path target)
            throws IOException, DatastoreException {
        RestoreOptions options = RestoreOptions.NEW_FILE.resumableAs(run.job().text());
        ImageTarget image = new ImageTarget(order.diskFormat(), stored.point().snapshotTime());
        RestoreResult result = stored.datastore()
                .restore(
                        stored.point(),
                        size -> image.open(target, size, options, Randomness.secure()),
                        onDamage(order),
                        new RunWatch(run));
        if (run.cancelled()) {
            throw new CancellationException("cancelled when the file was written");
        }
        tell(run, result, List.of());
    }

    /// To a disk that is there, where only what differs is written.
    ///
    /// @param warnings what the operator should know beside what is found here
    void toDisk(JobRun run, RestoringOrder order, RestorePoints.Stored stored, Place place, List<String> warnings)
            throws IOException, DatastoreException {
        RestoreResult result = stored.datastore()
                .restore(
                        stored.point(),
                        size -> DiskTargets.open(place, stored.point().snapshotTime(), size),
                        onDamage(order),
                        new RunWatch(run));
        tell(run, result, warnings);
    }

    private static OnDamage onDamage(RestoringOrder order) {
        return order.continueOnDamage() ? OnDamage.CONTINUE : OnDamage.FAIL;
    }

    private void tell(JobRun run, RestoreResult result, List<String> warnings) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(DamageTold.of(result));
        commands.send(new MeasureRestore(
                run.job(),
                run.attempt(),
                result.writtenBytes(),
                result.keptBytes(),
                result.damaged().bytes(),
                all,
                clock.instant()));
    }
}
