package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.FragmentCheck;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.lease.LeaseCheck;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// One verification of everything in a datastore but `datastore.json` and the records, which its caller has read
/// already. Runs once; must be closed.
public final class Verification implements AutoCloseable {

    private final Directory directory;
    private final DataKey key;
    private final int chunkBytes;
    private final VerifyOptions options;
    private final List<VerifiedPoint> points;
    private final Problems problems = new Problems();
    private final DamageRecord damageRecord;
    private final Survey survey;
    private final PackFiles packs;
    private final List<String> fragments;
    private final long totalBytes;
    private final AtomicLong checkedBytes = new AtomicLong();
    private long chunks;
    private long openedChunks;
    private long unindexedPacks;

    /// @param points all recovery points whose records can be read, read just now: before the index
    /// @param findings what is wrong with other files
    /// @param name a name that no other verification uses at the same time, for temporary files
    public Verification(
            Directory directory,
            DataKey key,
            int chunkBytes,
            VerifyOptions options,
            List<VerifiedPoint> points,
            List<Finding> findings,
            String name)
            throws IOException, DatastoreException {
        this.directory = directory;
        this.key = key;
        this.chunkBytes = chunkBytes;
        this.options = options;
        this.points = List.copyOf(points);
        for (Finding finding : findings) {
            Problem problem = problems.of(finding.kind(), finding.file(), finding.what());
            finding.affected().forEach(problem::addUnreadablePoint);
        }
        this.damageRecord = DamageRecord.read(directory, problems, name);
        LeaseCheck.check(
                directory, (file, problem) -> problems.of(Problems.kindOf(problem), file, Problems.textOf(problem)));
        // The same order as in a restore: records, index, packs. A pack that a fragment names was there before it.
        this.fragments = FragmentCheck.names(directory);
        this.survey = new Survey(directory, key, chunkBytes, problems);
        this.packs = PackFiles.list(directory, problems);
        this.totalBytes = packs.bytes() + fragmentBytes();
    }

    private long fragmentBytes() {
        long bytes = 0;
        for (String name : fragments) {
            try (InputFile file = directory.open(FragmentCheck.DIRECTORY + "/" + name)) {
                bytes += file.sizeBytes();
            } catch (IOException e) {
                // It will be found when the fragment is checked.
            }
        }
        return bytes;
    }

    /// How much there is to be checked.
    public long totalBytes() {
        return totalBytes;
    }

    /// @param workers how many threads read, decrypt and decompress
    /// @param tick called all the time with the number of bytes checked so far; ends the verification by throwing
    public VerifyResult run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        Runnable look = () -> tick.accept(checkedBytes.get());
        checkFragments(look);
        for (PackId named : survey.view.packs()) {
            if (!packs.sizes().containsKey(named)) {
                survey.addMissing(named);
            }
        }
        LiveChunks live = new LiveChunks(survey);
        live.mark(points, look);
        checkPacks(live, workers, look);
        checkUnconfirmed();
        if (!problems.isEmpty() || !live.complete()) {
            // What was swept out of a pack meanwhile is in new fragments by now.
            survey.lookAgain();
            new Consequences(survey, problems, chunkBytes).find(points, look);
        }
        tick.accept(totalBytes);
        Optional<String> notRecorded = record();
        return result(notRecorded);
    }

    private void checkFragments(Runnable look) {
        for (String name : fragments) {
            String path = FragmentCheck.DIRECTORY + "/" + name;
            try {
                FragmentCheck.check(directory, name, bytes -> {
                    checkedBytes.addAndGet(bytes);
                    look.run();
                });
            } catch (NoSuchFileException e) {
                // Merged into another one meanwhile, which the survey has, or will have when it looks again.
            } catch (IOException | DatastoreException e) {
                Problem problem = problems.of(Problems.kindOf(e), path, Problems.textOf(e));
                if (problem.kind != Finding.Kind.MISPLACED) {
                    survey.addDamagedFragment(problem);
                }
            }
        }
    }

    private void checkPacks(LiveChunks live, int workers, Runnable look) throws IOException, DatastoreException {
        try (Pipeline<PackCheck, PackCheck.Report> pipeline = new Pipeline<>(
                "verify",
                workers,
                () -> new PackCheck(directory, key, chunkBytes, survey.view, live, options.full()),
                this::take,
                look)) {
            for (PackId pack : packs.sizes().keySet()) {
                pipeline.submit(worker -> worker.check(pack, bytes -> {
                    if (pipeline.stopping()) {
                        throw new CancellationException("The verification is being stopped.");
                    }
                    checkedBytes.addAndGet(bytes);
                }));
            }
            pipeline.finish();
        }
    }

    private void take(PackCheck.Report report) {
        PackId pack = report.pack();
        chunks += report.chunks();
        openedChunks += report.openedChunks();
        unindexedPacks += report.unindexedChunks() > 0 ? 1 : 0;
        if (report.gone()) {
            survey.addMissing(pack);
        }
        report.useless().ifPresent(problem -> survey.addUseless(pack, problem));
        report.undescribed().ifPresent(problem -> survey.addUndescribed(pack, problem));
        for (PackCheck.Fault fault : report.faults()) {
            survey.addBad(fault.entry().place(), fault.problem());
        }
        for (PackCheck.Match match : report.good()) {
            // The walk may have found more than the table says. And of a crowded pack not everything is remembered.
            if (problems.of(pack).isEmpty() || !(survey.isKnownBad(pack, match.offset()) || survey.isCrowded(pack))) {
                survey.good.add(match.ordinal());
            }
        }
    }

    /// Finds entries of the index that no table confirms.
    private void checkUnconfirmed() throws IOException, DatastoreException {
        if (survey.good.size() < survey.view.entryCount()) {
            survey.view.forEachReadable(this::checkUnconfirmed);
        }
    }

    private void checkUnconfirmed(long ordinal, ChunkId id, ChunkPlace place) {
        if (!survey.good.contains(ordinal)
                && !survey.isKnownBad(place.pack(), place.offset())
                && !survey.isDoubtful(place.pack())) {
            survey.addBad(
                    place,
                    CorruptDatastoreException.misplaced(place + ": the index says that chunk " + id
                            + " lies there, but the pack does not. Make the index" + " anew from the packs."));
        }
    }

    private Optional<String> record() {
        if (!options.recordDamage()) {
            return Optional.empty();
        }
        try {
            damageRecord.write(problems, packs.sizes().keySet(), options.full());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The damaged places could not be written down: " + e.getMessage());
        }
    }

    private VerifyResult result(Optional<String> notRecorded) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : problems.all()) {
            Finding finding = problem.finding(this::exists);
            if (!finding.isHarmless() || !survey.isObsolete(problem)) {
                findings.add(finding);
            }
        }
        return new VerifyResult(
                options.depth(),
                points.size(),
                packs.sizes().size(),
                chunks,
                openedChunks,
                checkedBytes.get(),
                unindexedPacks,
                findings,
                affected(),
                notRecorded);
    }

    /// Each recovery point once, and those first of which nothing can be restored.
    private List<AffectedPoint> affected() {
        Map<String, AffectedPoint> affected = new LinkedHashMap<>();
        for (Problem problem : problems.all()) {
            problem.unreadablePoints().forEach(point -> affected.put(nameOf(point), point));
        }
        problems.affected().forEach((verified, ranges) -> {
            if (exists(verified)) {
                AffectedPoint point = AffectedPoint.partly(verified, ranges);
                affected.putIfAbsent(nameOf(point), point);
            }
        });
        return List.copyOf(affected.values());
    }

    private static String nameOf(AffectedPoint point) {
        return point.disk() + "/" + point.id();
    }

    /// Whether a recovery point is still there. One that was removed meanwhile needs nothing any more.
    private boolean exists(VerifiedPoint point) {
        try {
            return directory.exists(point.file());
        } catch (IOException e) {
            // It was there a moment ago, and saying too much is better than too little.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        survey.close();
    }
}
