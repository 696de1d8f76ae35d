package io.diskvault.engine.verify;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.index.IndexView;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackScan;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What one thread needs to check packs, one at a time. Must be closed.
final class PackCheck implements AutoCloseable {

    private final Directory directory;
    private final IndexView view;
    private final LiveChunks live;
    private final Optional<PackScan> scan;

    /// @param full whether the chunks are read, too
    PackCheck(Directory directory, DataKey key, int chunkBytes, IndexView view, LiveChunks live, boolean full) {
        this.directory = directory;
        this.view = view;
        this.live = live;
        this.scan = full ? Optional.of(new PackScan(directory, key, chunkBytes)) : Optional.empty();
    }

    /// An entry of the index that a table agrees with.
    ///
    /// @param offset where the chunk starts
    /// @param entry the number of the table's entry
    record Match(long ordinal, int offset, int entry) {}

    /// Something that is wrong with one chunk.
    record Fault(PackEntry entry, Exception problem) {}

    /// What was found out about a pack.
    ///
    /// @param gone whether it is not there any more
    /// @param useless what keeps every chunk from being read
    /// @param undescribed what keeps the pack from saying what it holds; its chunks may be whole
    /// @param good the entries of the index that it agrees with, and whose chunks are whole as far as was looked
    /// @param chunks how many chunks it has
    /// @param openedChunks how many of them were opened
    /// @param unindexedChunks how many of them no fragment knows
    record Report(
            PackId pack,
            boolean gone,
            Optional<Exception> useless,
            Optional<Exception> undescribed,
            List<Match> good,
            List<Fault> faults,
            int chunks,
            int openedChunks,
            int unindexedChunks) {

        private static Report without(
                PackId pack, boolean gone, Optional<Exception> useless, Optional<Exception> undescribed) {
            return new Report(pack, gone, useless, undescribed, List.of(), List.of(), 0, 0, 0);
        }
    }

    Report check(PackId pack, LongConsumer tick) {
        try {
            List<PackEntry> entries = PackTable.read(directory, pack);
            return check(pack, entries, tick);
        } catch (NoSuchFileException e) {
            return Report.without(pack, true, Optional.empty(), Optional.empty());
        } catch (IOException | DatastoreException e) {
            return withoutTable(pack, e);
        }
    }

    private Report withoutTable(PackId pack, Exception problem) {
        try {
            PackKind _ = PackTable.kind(directory, pack);
            return Report.without(pack, false, Optional.empty(), Optional.of(problem));
        } catch (NoSuchFileException e) {
            return Report.without(pack, true, Optional.empty(), Optional.empty());
        } catch (IOException | DatastoreException e) {
            return Report.without(pack, false, Optional.of(e), Optional.empty());
        }
    }

    private Report check(PackId pack, List<PackEntry> entries, LongConsumer tick) throws IOException {
        boolean[] needed = new boolean[entries.size()];
        boolean[] faulty = new boolean[entries.size()];
        int needs = 0;
        List<Match> matches = new ArrayList<>(entries.size());
        int unindexed = 0;
        for (int i = 0; i < entries.size(); i++) {
            int before = matches.size();
            for (IndexView.Located located : view.readablePlaces(entries.get(i).id())) {
                if (located.place().equals(entries.get(i).place())) {
                    matches.add(new Match(located.ordinal(), located.place().offset(), i));
                    needed[i] |= live.contains(located.ordinal());
                }
            }
            unindexed += matches.size() == before ? 1 : 0;
            needs += needed[i] ? 1 : 0;
        }
        List<Fault> faults = new ArrayList<>();
        if (scan.isPresent()) {
            scan(scan.get(), pack, entries, needed, faulty, faults, tick);
        }
        matches.removeIf(match -> faulty[match.entry]);
        return new Report(
                pack,
                false,
                Optional.empty(),
                Optional.empty(),
                matches,
                faults,
                entries.size(),
                scan.isPresent() ? needs : 0,
                unindexed);
    }

    private static void scan(
            PackScan scan,
            PackId pack,
            List<PackEntry> entries,
            boolean[] needed,
            boolean[] faulty,
            List<Fault> faults,
            LongConsumer tick)
            throws IOException {
        scan.scan(
                pack,
                entries,
                entry -> needed[entry],
                (entry, problem) -> {
                    faulty[entry] = true;
                    faults.add(new Fault(entries.get(entry), problem));
                },
                tick);
    }

    @Override
    public void close() {
        scan.ifPresent(PackScan::close);
    }
}
