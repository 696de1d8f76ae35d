package io.diskvault.engine.collect;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.index.FragmentMerge;
import io.diskvault.engine.index.IndexView;
import io.diskvault.engine.lease.Epoch;
import io.diskvault.engine.lease.Lease;
import io.diskvault.engine.lease.LiveLease;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.lease.Purpose;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.work.Stage;
import io.diskvault.engine.work.StageProgress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects one datastore once: finishes what an earlier collection condemned, condemns what is dead now, and deletes
/// it if nobody is at work who does not know. Belongs to one thread.
public final class Collector {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /// An index that changes while it is listed can look as if something were missing; three times in a row it is.
    private static final int MARK_ATTEMPTS = 3;

    /// Nobody makes that many epochs in the time that a lease takes.
    private static final int EPOCHS_MAX = 100;

    private static final int NAME_BYTES = 16;

    private final CollectStore store;
    private final CollectPlan.Rule rule;
    private final StageProgress progress;
    private final Runnable tick;
    private final Leftovers leftovers;
    private int deletedPacks;
    private int rewrittenPacks;
    private long deletedBytes;
    private long copiedBytes;
    private NavigableSet<PackId> damaged = new TreeSet<>();

    /// What the plan was made from. The sweep that follows it walks only what has come since.
    private Optional<Mark.Found> planned = Optional.empty();

    /// @param progress told how far the stages of marking and sweeping are; may end the collection by throwing
    /// @param tick called in between; likewise
    public Collector(CollectStore store, CollectOptions options, StageProgress progress, Runnable tick) {
        this.store = store;
        this.rule = new CollectPlan.Rule(options.deadShareMin(), store.limits().packBytes());
        this.progress = progress;
        this.tick = tick;
        this.leftovers = new Leftovers(store.directory());
    }

    /// Says what [#collect()] would do if nobody else were at work. Writes nothing.
    public CollectResult rehearse() throws IOException, DatastoreException {
        Epoch epoch = store.epochs().read(store.epochs().currentNumber()).orElse(Epoch.FIRST);
        PackTally tally;
        try (Mark mark = mark(epoch, List.of(), Optional.empty())) {
            tally = mark.tally();
        }
        CollectPlan fresh = CollectPlan.of(tally, rule, epoch.condemned());
        long fileBytes = fresh.fileBytes();
        long copyBytes = fresh.copyBytes();
        int packs = fresh.packs().size();
        int rewritten = fresh.rewritten();
        for (int number : toSweep(tally, epoch)) {
            fileBytes += tally.fileBytes(number);
            copyBytes += tally.liveFileBytes(number);
            packs++;
            rewritten += tally.liveChunks(number) == 0 ? 0 : 1;
        }
        return new CollectResult(fileBytes - copyBytes, packs, rewritten, copyBytes, List.of(), List.of());
    }

    /// @throws DatastoreException when something that recovery points need is missing, or cannot be read: then
    ///     nothing is condemned and nothing deleted
    public CollectResult collect() throws IOException, DatastoreException {
        List<LiveLease> collectors = new ArrayList<>();
        try (Lease lease = takeAlone(collectors)) {
            if (lease == null) {
                return result(collectors);
            }
            tick.run();
            Epoch epoch = lease.epoch();
            if (!existing(epoch).isEmpty() || !epoch.leftovers().isEmpty()) {
                List<LiveLease> older = older(lease);
                if (!older.isEmpty()) {
                    return result(older);
                }
                sweep(lease);
            }
            if (!condemn(epoch, lease)) {
                // Nothing that is needed is missing. What is named and missing all the same was left by a merge that
                // was cut off.
                dropGonePacks();
                return result(List.of());
            }
        }
        // What was just condemned is known to nobody but those who come now, this collector among them.
        try (Lease lease = takeAlone(collectors)) {
            if (lease == null) {
                return result(collectors);
            }
            tick.run();
            List<LiveLease> older = older(lease);
            if (!older.isEmpty()) {
                return result(older);
            }
            sweep(lease);
            NavigableSet<PackId> left = existing(lease.epoch());
            left.removeAll(damaged);
            if (!left.isEmpty()) {
                // These have come to life since they were condemned, so writers may rely on them again.
                publish(new Epoch(lease.epoch().number() + 1, damaged, List.of()));
            }
            return result(List.of());
        }
    }

    /// A lease, provided that no other collector is at work, and none begins while it is held; otherwise null.
    ///
    /// @param others is given the leases of other collectors
    private @Nullable Lease takeAlone(List<LiveLease> others) throws IOException, DatastoreException {
        for (int attempt = 1; attempt <= EPOCHS_MAX; attempt++) {
            Lease lease = take();
            boolean alone = false;
            try {
                others.addAll(collectors(store.leases().othersThan(lease)));
                // One that made another epoch and ended before the look at the leases has let packs off that were
                // condemned by the epoch of this lease.
                alone = others.isEmpty()
                        && store.epochs().currentNumber() == lease.epoch().number();
                if (alone) {
                    return lease;
                }
            } finally {
                if (!alone) {
                    lease.close();
                }
            }
            if (!others.isEmpty()) {
                return null;
            }
        }
        throw new IOException("Other collections made an epoch after the other. Try again.");
    }

    private CollectResult result(List<LiveLease> waitingFor) {
        return new CollectResult(
                deletedBytes - copiedBytes,
                deletedPacks,
                rewrittenPacks,
                copiedBytes,
                waitingFor,
                damaged.stream().map(PackId::file).toList());
    }

    private Lease take() throws IOException, DatastoreException {
        try {
            return store.leases().take(Purpose.COLLECT, Optional.empty());
        } catch (CorruptDatastoreException e) {
            LOG.warn("{}", e.getMessage());
        }
        // Nobody knows what that epoch condemns. One that condemns nothing can follow it, provided that no collector
        // is left who could still delete something that it condemned.
        try (Lease lease = store.leases().takeForRepair()) {
            if (collectors(store.leases().othersThan(lease)).isEmpty()) {
                publish(new Epoch(lease.epoch().number() + 1, new TreeSet<>(), List.of()));
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Somebody else did it: {}", e.getMessage());
        }
        return store.leases().take(Purpose.COLLECT, Optional.empty());
    }

    private static List<LiveLease> collectors(List<LiveLease> others) {
        return others.stream()
                .filter(other -> other.purpose()
                        .filter(purpose -> purpose != Purpose.COLLECT)
                        .isEmpty())
                .toList();
    }

    /// The leases of those who may rely on what they do not know to be condemned.
    private List<LiveLease> older(Lease lease) throws IOException {
        return store.leases().othersThan(lease).stream()
                .filter(other ->
                        other.reliesOnPlaces() && other.epoch() < lease.epoch().number())
                .toList();
    }

    private NavigableSet<PackId> existing(Epoch epoch) throws IOException {
        TreeSet<PackId> existing = new TreeSet<>();
        for (PackId pack : epoch.condemned()) {
            if (store.directory().exists(pack.file())) {
                existing.add(pack);
            }
        }
        return existing;
    }

    /// Makes the next epoch. Answers whether there was reason to.
    private boolean condemn(Epoch epoch, Lease lease) throws IOException, DatastoreException {
        List<LiveLease> others = store.leases().othersThan(lease);
        PackTally tally;
        try (Mark mark = mark(epoch, others, Optional.empty())) {
            tally = mark.tally();
            // What is read is marked only as far as it is there, so nothing else can be concluded from such a mark.
            planned = others.stream().anyMatch(other -> other.tree().isPresent())
                    ? Optional.empty()
                    : Optional.of(mark.found());
        }
        CollectPlan plan = CollectPlan.of(tally, rule, damaged);
        List<String> unfinished = leftovers.list();
        NavigableSet<PackId> condemned = new TreeSet<>(plan.packs());
        condemned.addAll(damaged);
        if (condemned.equals(existing(epoch)) && unfinished.isEmpty()) {
            return false;
        }
        tick.run();
        publish(new Epoch(epoch.number() + 1, condemned, unfinished));
        return true;
    }

    private void publish(Epoch epoch) throws IOException {
        store.epochs()
                .publish(epoch, HexFormat.of().formatHex(store.randomness().bytes(NAME_BYTES)));
        store.epochs().deleteBefore(epoch.number());
    }

    /// Everything that is needed, and what the others read.
    ///
    /// @param earlier what is known already
    private Mark mark(Epoch epoch, List<LiveLease> others, Optional<Mark.Found> earlier)
            throws IOException, DatastoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return markOnce(epoch, others, attempt == 1 ? earlier : Optional.empty());
            } catch (CorruptDatastoreException e) {
                if (attempt == MARK_ATTEMPTS) {
                    throw e.within("Nothing was collected, because more could be lost: verify the datastore, and"
                            + " make the index anew or remove the recovery points that are damaged");
                }
            }
        }
    }

    private Mark markOnce(Epoch epoch, List<LiveLease> others, Optional<Mark.Found> earlier)
            throws IOException, DatastoreException {
        // First the points, then the index: so everything that the points need is in it.
        List<ProtectedTree> points = store.points().all();
        store.index().refresh();
        IndexView view = store.index().view();
        if (!view.complete()) {
            throw view.damage().getFirst();
        }
        UnusablePlaces unusable = store.unusable(epoch);
        PackTally tally = PackTally.of(store.directory());
        Mark mark = new Mark(
                view,
                tally,
                epoch::forbids,
                unusable,
                store.reader(unusable),
                store.chunkBytes(),
                () -> progress.reached(Stage.MARKING, tally.allLiveBytes(), tally.allBytes()));
        boolean done = false;
        try {
            if (earlier.isPresent()) {
                mark.goOnFrom(earlier.get());
            }
            for (ProtectedTree point : points) {
                mark.markNeeded(point);
            }
            for (LiveLease other : others) {
                if (other.tree().isPresent()) {
                    mark.markRead(other.tree().get());
                }
            }
            progress.reached(Stage.MARKING, tally.allBytes(), tally.allBytes());
            done = true;
            return mark;
        } finally {
            if (!done) {
                mark.close();
            }
        }
    }

    /// Deletes what an epoch condemns. Nobody may be alive who relies on places and does not know that epoch.
    private void sweep(Lease lease) throws IOException, DatastoreException {
        Epoch epoch = lease.epoch();
        Optional<Mark.Found> earlier = planned;
        planned = Optional.empty();
        try (Mark mark = mark(epoch, List.of(), earlier)) {
            // After the points were listed: who began to read one before it was removed is seen now.
            markWhatOthersRead(mark, lease);
            delete(epoch, mark);
        }
        tick.run();
        leftovers.delete(epoch.leftovers());
        tick.run();
        dropGonePacks();
    }

    private void delete(Epoch epoch, Mark mark) throws IOException, DatastoreException {
        // The entries that say where else a chunk lies must last at least as long as that the packs are gone.
        syncIfExists("index");
        UnusablePlaces unusable = store.unusable(epoch);
        try (Sweep sweep = new Sweep(store, mark, unusable, progress)) {
            try {
                sweep.run(toSweep(mark.tally(), epoch));
            } finally {
                deletedPacks += sweep.deletedPacks();
                rewrittenPacks += sweep.rewrittenPacks();
                deletedBytes += sweep.deletedBytes();
                copiedBytes += sweep.copiedBytes();
            }
            damaged = sweep.damaged();
        }
    }

    private void markWhatOthersRead(Mark mark, Lease lease) throws IOException, DatastoreException {
        for (LiveLease other : store.leases().othersThan(lease)) {
            if (other.tree().isPresent()) {
                mark.markRead(other.tree().get());
            }
        }
    }

    private void syncIfExists(String name) throws IOException {
        if (store.directory().exists(name)) {
            store.directory().syncDirectory(name);
        }
    }

    /// Which condemned packs are still to be deleted, dead ones first. Others have come to life: a writer was at work
    /// on them when they were condemned.
    private List<Integer> toSweep(PackTally tally, Epoch epoch) {
        return epoch.condemned().stream()
                .map(tally::numberOf)
                .filter(number -> number >= 0)
                .filter(number -> rule.isDead(tally, number)
                        || rule.isWorthRewriting(tally, number)
                        || rule.isSmall(tally, number))
                .sorted(Comparator.comparingInt(tally::liveChunks))
                .toList();
    }

    private void dropGonePacks() throws IOException, DatastoreException {
        new FragmentMerge(store.directory(), store.randomness()).dropGonePacks(store.index());
    }
}
