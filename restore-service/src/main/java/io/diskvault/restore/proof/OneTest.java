package io.diskvault.restore.proof;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.verify.Mismatch;
import io.diskvault.job.JobError;
import io.diskvault.job.JobRun;
import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.CheckResult.Outcome;
import io.diskvault.restoretest.DamagedRange;
import io.diskvault.restoretest.TestEvidence;
import io.diskvault.restoretest.TestTerms;
import io.diskvault.snapshot.EngineErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// One restore test from the restoring to the last check. Whoever runs it throws its files away.
final class OneTest {
    private final JobRun run;
    private final TestTerms terms;
    private final Datastore datastore;
    private final RecoveryPoint point;
    private final FileSystemCheck fileSystems;
    private final ScriptCheck scripts;
    private final Path directory;
    private final Path copy;

    /// @param directory where the copy is made
    OneTest(
            JobRun run,
            TestTerms terms,
            Datastore datastore,
            RecoveryPoint point,
            FileSystemCheck fileSystems,
            ScriptCheck scripts,
            Path directory) {
        this.run = run;
        this.terms = terms;
        this.datastore = datastore;
        this.point = point;
        this.fileSystems = fileSystems;
        this.scripts = scripts;
        this.directory = directory;
        this.copy = scratch("copy");
    }

    private Path scratch(String purpose) {
        return ScratchFile.of(directory, run.job(), run.attempt(), purpose);
    }

    TestEvidence run() throws IOException, DatastoreException {
        long started = System.nanoTime();
        long restoredBytes;
        try {
            restoredBytes = datastore
                    .restore(point, copy, RestoreOptions.NEW_FILE, new HalfWatch(0))
                    .writtenBytes();
        } catch (CorruptDatastoreException damaged) {
            return damaged(damaged);
        }
        long restoreMillis = millisSince(started);
        long verifyStarted = System.nanoTime();
        Mismatch mismatch;
        try (DiskSource written = DiskSource.openWritten(copy)) {
            mismatch = datastore.compare(point, written, new HalfWatch(point.usedBytes()));
        }
        long verifyMillis = millisSince(verifyStarted);
        if (!mismatch.isNone()) {
            return differs(mismatch, verifyMillis);
        }
        return TestEvidence.restored(
                point.logicalBytes(), restoredBytes, restoreMillis, verifyMillis, checks(verifyMillis));
    }

    /// What took no time at all would look like what was not done.
    private static long millisSince(long started) {
        return Math.max(1, (System.nanoTime() - started) / 1_000_000);
    }

    private List<CheckResult> checks(long verifyMillis) throws IOException {
        List<CheckResult> results = new ArrayList<>();
        results.add(new CheckResult(
                "content",
                Outcome.PASSED,
                "All %d bytes were read back and are what was backed up.".formatted(point.logicalBytes()),
                verifyMillis));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--------"));
        // Other programs do not have this one's hold of the directory.
        Path known = directory.toRealPath().resolve(copy.getFileName().toString());
        results.addAll(fileSystems.run(
                terms, known, known.resolveSibling(scratch("part").getFileName()), run));
        scripts.run(terms, known, run).ifPresent(results::add);
        return results;
    }

    private TestEvidence damaged(CorruptDatastoreException damage) throws IOException, DatastoreException {
        JobError error = EngineErrors.failure("Restoring " + point.id() + " for a test", damage)
                .error();
        DamageSurvey.Found found;
        try (PointDisk disk = datastore.openPoint(point)) {
            found = new DamageSurvey(disk, run).look();
        }
        return TestEvidence.notRestorable(
                point.logicalBytes(),
                List.of(new CheckResult("content", Outcome.FAILED, error.message(), 0)),
                found.ranges(),
                found.more(),
                error);
    }

    private TestEvidence differs(Mismatch mismatch, long verifyMillis) {
        List<DamagedRange> ranges = mismatch.ranges().stream()
                .map(range -> new DamagedRange(range.start(), range.end()))
                .toList();
        JobError error = new JobError(
                "UserErrorRestoreTestContentDiffers",
                "%d bytes of the copy were not what was backed up when they were read back, the first at %d."
                        .formatted(mismatch.bytes(), ranges.getFirst().start()),
                "Check the disk of the scratch resource group, and the memory of the server: the datastore was read well.",
                true);
        return TestEvidence.notRestorable(
                point.logicalBytes(),
                List.of(new CheckResult("content", Outcome.FAILED, error.message(), verifyMillis)),
                ranges,
                mismatch.moreRanges(),
                error);
    }

    /// Restoring is one half of the way, and reading back the other.
    private final class HalfWatch implements Watch {
        private final long before;

        HalfWatch(long before) {
            this.before = before;
        }

        @Override
        public void progress(long doneBytes, long totalBytes) {
            run.report(before + doneBytes, 2 * totalBytes);
        }

        @Override
        public boolean cancelled() {
            return run.cancelled();
        }
    }
}
