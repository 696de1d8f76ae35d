package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.index.IndexView;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackReader;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a verification knows of each place where a chunk lies: that it is good, that it is not, or nothing yet.
/// Belongs to the thread that owns the verification, but for [#view], which everybody may read. Must be closed.
final class Survey implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    /// Stands for all fragments together, when nobody can say which one is missing.
    private static final String INDEX = "index";

    private final Directory directory;
    private final ChunkIndex index;
    private final PackReader reader;
    private final Problems problems;

    /// The index as it was when the verification started; ordinals are its own.
    final IndexView view;

    /// Places whose chunk is there and, if the verification is a full one, was opened.
    final OrdinalSet good;

    /// Packs from which nothing can be read: they are gone, or do not start as they must.
    private final Set<PackId> useless = new HashSet<>();

    /// Packs that are there but do not say what they hold.
    private final Set<PackId> undescribed = new HashSet<>();

    private final List<Problem> damagedFragments = new ArrayList<>();

    Survey(Directory directory, DataKey key, int chunkBytes, Problems problems) throws IOException, DatastoreException {
        this.directory = directory;
        this.problems = problems;
        this.index = new ChunkIndex(directory);
        index.refreshReadable();
        this.view = index.view();
        this.good = new OrdinalSet(view.entryCount());
        this.reader = new PackReader(directory, key, chunkBytes);
    }

    void addDamagedFragment(Problem problem) {
        damagedFragments.add(problem);
    }

    /// Notes that a pack is not where the index says.
    void addMissing(PackId pack) {
        useless.add(pack);
        problems.of(Finding.Kind.MISSING, pack, pack.file() + " is missing, but the index refers to it.");
    }

    /// Notes that nothing can be read from a pack.
    void addUseless(PackId pack, Exception problem) {
        useless.add(pack);
        problems.of(Problems.kindOf(problem), pack, Problems.textOf(problem)).addPlace(DamagedPlace.WHOLE_PACK);
    }

    /// Notes that a pack does not say what it holds. Its chunks can be read with the help of the index.
    void addUndescribed(PackId pack, Exception problem) {
        undescribed.add(pack);
        Problem known = problems.of(
                Problems.kindOf(problem),
                pack,
                Problems.textOf(problem) + " The index still knows what it holds, but cannot be made anew from it.");
        known.distrust();
    }

    /// Whether a pack cannot be asked what it holds.
    boolean isDoubtful(PackId pack) {
        return undescribed.contains(pack) || useless.contains(pack) || isCrowded(pack);
    }

    /// Whether a problem that no recovery point minds has gone away, or came only from looking at the wrong time.
    boolean isObsolete(Problem problem) throws IOException {
        if (problem.pack().isEmpty()) {
            return problem.file.equals(INDEX);
        }
        PackId pack = problem.pack().get();
        if (directory.exists(pack.file())) {
            return problem.kind == Finding.Kind.MISSING;
        }
        if (problem.kind != Finding.Kind.MISSING) {
            return true;
        }
        lookAgain();
        return !index.view().packs().contains(pack);
    }

    void addBad(ChunkPlace place, Exception problem) {
        problems.of(Problems.kindOf(problem), place.pack(), Problems.textOf(problem))
                .addPlace(place.offset());
    }

    boolean isKnownBad(PackId pack, int offset) {
        if (useless.contains(pack)) {
            return true;
        }
        for (Problem problem : problems.of(pack)) {
            if (problem.has(offset)) {
                return true;
            }
        }
        return false;
    }

    /// Whether so much of a pack is bad that single places are not kept any more.
    boolean isCrowded(PackId pack) {
        return problems.of(pack).stream().anyMatch(Problem::isCrowded);
    }

    /// Takes in what was written since the verification started. A chunk that a sweep has taken out of a pack that is
    /// gone now is found in its new place from then on.
    void lookAgain() throws IOException {
        try {
            index.refreshReadable();
        } catch (DatastoreException e) {
            LOG.warn("The index is used as it was: {}", e.getMessage());
        }
    }

    /// Reads a chunk from any place that is not known to be bad, and answers its length; empty when there is none.
    Optional<Integer> read(ChunkId id, byte[] plain) throws IOException {
        for (IndexView.Located located : view.readablePlaces(id)) {
            Optional<Integer> length = read(id, located.place(), plain);
            if (length.isPresent()) {
                return length;
            }
        }
        int before;
        do {
            before = useless.size();
            for (ChunkPlace place : index.places(id)) {
                Optional<Integer> length = read(id, place, plain);
                if (length.isPresent()) {
                    return length;
                }
            }
            // A pack that has gone since then makes the index worth another look.
        } while (useless.size() > before);
        return Optional.empty();
    }

    private Optional<Integer> read(ChunkId id, ChunkPlace place, byte[] plain) throws IOException {
        if (isKnownBad(place.pack(), place.offset())) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(id, place, plain));
        } catch (IOException | CorruptDatastoreException e) {
            if (directory.exists(place.pack().file())) {
                addBad(place, e);
            } else {
                addMissing(place.pack());
                lookAgain();
            }
        } catch (DatastoreException e) {
            addUseless(place.pack(), e);
        }
        return Optional.empty();
    }

    /// Why a chunk cannot be read: what is wrong with its places, or with the index that knows of none.
    List<Problem> causes(ChunkId id) {
        List<Problem> causes = new ArrayList<>();
        for (IndexView.Located located : view.readablePlaces(id)) {
            ChunkPlace place = located.place();
            for (Problem problem : problems.of(place.pack())) {
                if (concerns(problem, place) && !causes.contains(problem)) {
                    causes.add(problem);
                }
            }
        }
        if (causes.isEmpty()) {
            causes.addAll(damagedFragments);
        }
        if (causes.isEmpty()) {
            causes.add(problems.of(
                    Finding.Kind.MISSING,
                    INDEX,
                    "Chunks that recovery points need are in no index fragment. Make the index anew from the packs;"
                            + " what is missing after that is lost."));
        }
        return causes;
    }

    private boolean concerns(Problem problem, ChunkPlace place) {
        return problem.has(place.offset()) || problem.isCrowded() || useless.contains(place.pack());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
