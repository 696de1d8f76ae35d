package io.diskvault.restore.proof;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.JobError;
import io.diskvault.job.JobFailure;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restore.RestorePoints;
import io.diskvault.restoretest.RestoreTests;
import io.diskvault.restoretest.TestEvidence;
import io.diskvault.restoretest.TestTerms;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.EngineErrors;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Runs restore tests. What was found is kept before the job ends, so an attempt that is repeated after that finds
/// it and only reports.
@Singleton
class RestoreTestRunner implements JobRunner {
    /// What a test leaves free in the scratch place, which others use, too.
    private static final long RESERVE_BYTES = 64L << 20;

    private final VaultIdentity identity;
    private final InstanceCatalog instances;
    private final RestorePoints points;
    private final RestoreTests tests;
    private final FileSystemCheck fileSystems;
    private final ScriptCheck scripts;

    RestoreTestRunner(
            VaultIdentity identity,
            InstanceCatalog instances,
            RestorePoints points,
            RestoreTests tests,
            FileSystemCheck fileSystems,
            ScriptCheck scripts) {
        this.identity = identity;
        this.instances = instances;
        this.points = points;
        this.tests = tests;
        this.fileSystems = fileSystems;
        this.scripts = scripts;
    }

    @Override
    public Operation operation() {
        return Operation.RESTORE_TEST;
    }

    /// Backups and restores come first: a plan may ask for hundreds at once.
    @Override
    public int mostAtOnce() {
        return 1;
    }

    @Override
    public Result run(JobRun run) throws JobFailure {
        RestoreTestOrder order = (RestoreTestOrder) run.order();
        InstanceId id = new InstanceId(order.vault(), order.instance());
        try {
            Optional<TestEvidence> earlier = tests.found(run.job());
            TestEvidence evidence = earlier.isPresent() ? earlier.get() : test(run, order, id);
            if (evidence.error().isPresent()) {
                throw new JobFailure(evidence.error().get());
            }
            return new Result(Optional.of(order.recoveryPoint()), evidence.warnings());
        } catch (CommandRejected refused) {
            throw new JobFailure(new JobError(
                    refused.rejection().code(),
                    String.valueOf(refused.getMessage()),
                    refused.rejection().recommendedAction(),
                    false));
        } catch (DatastoreException | IOException failure) {
            throw EngineErrors.failure("Testing the restore of '%s'".formatted(id.path()), failure);
        }
    }

    private TestEvidence test(JobRun run, RestoreTestOrder order, InstanceId id)
            throws IOException, DatastoreException, JobFailure {
        TestTerms terms = tests.termsOf(run.job());
        ResourceGroupId scratch = new ResourceGroupId(order.resourceGroup());
        ProtectedInstance instance = instances.restorable(id);
        VaultIdentity.require(identity.missingToRestore(id.vaultId(), instance.snapshotGroup(), scratch));
        RestorePoints.Stored stored = points.find(id, order.recoveryPoint());
        try (Descriptor directory = Descriptor.openDirectory(tests.scratch(scratch))) {
            ScratchFile.remove(directory.self(), run.job()::equals);
            requireRoom(directory.self(), stored.point(), scratch);
            try {
                TestEvidence evidence = new OneTest(
                                run, terms, stored.datastore(), stored.point(), fileSystems, scripts, directory.self())
                        .run();
                if (run.cancelled()) {
                    throw new CancellationException("cancelled when the copy was checked");
                }
                tests.record(id, run.job(), order.recoveryPoint(), evidence);
                return evidence;
            } finally {
                // A later attempt may be at work by now, if this one only seemed dead.
                ScratchFile.removeOf(directory.self(), run.job(), run.attempt());
            }
        }
    }

    private static void requireRoom(Path directory, RecoveryPoint point, ResourceGroupId scratch) throws JobFailure {
        long free = directory.toFile().getUsableSpace();
        long needed = point.usedBytes() + RESERVE_BYTES;
        if (free < needed) {
            throw new JobFailure(new JobError(
                    "UserErrorNoSpaceLeft",
                    "The resource group '%s' has %d bytes free, and the test of a restore needs %d."
                            .formatted(scratch.name(), free, needed),
                    "Make room there, or name another resource group in the vault's restore test plan.",
                    true));
        }
    }
}
