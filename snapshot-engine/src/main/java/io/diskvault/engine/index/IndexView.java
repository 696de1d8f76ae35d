package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index as one refresh found it; never changes, and stays readable when its files are deleted. Thread-safe.
///
/// Entries are numbered from 0 without gaps, over all fragments: an *ordinal* stands for one entry of this view, and
/// for nothing in any other. An entry that stands in two fragments has two ordinals. So a set of entries is a bitmap
/// of [#entryCount()] bits.
///
/// This is the strict way to read the index: what cannot be read is an exception here, never a missing entry.
/// [ChunkIndex#places] is the forgiving one.
public final class IndexView {

    private static final Logger LOG = LoggerFactory.getLogger(IndexView.class);

    /// The largest first, because most chunks are there.
    private final List<IndexFragment> fragments;

    private final long[] firstOrdinals;
    private final long entryCount;
    private final List<CorruptDatastoreException> unreadable;

    /// @param unreadable what is wrong with fragments that are there but could not be opened
    IndexView(List<IndexFragment> fragments, List<CorruptDatastoreException> unreadable) {
        this.fragments = List.copyOf(fragments);
        this.unreadable = List.copyOf(unreadable);
        this.firstOrdinals = new long[fragments.size()];
        long count = 0;
        for (int i = 0; i < fragments.size(); i++) {
            firstOrdinals[i] = count;
            count += fragments.get(i).entryCount();
        }
        this.entryCount = count;
    }

    /// How many entries all fragments have together.
    public long entryCount() {
        return entryCount;
    }

    /// Where a run of entries of an earlier view stands in this one.
    ///
    /// @param from the first one's ordinal in the earlier view
    /// @param to its ordinal in this one
    public record Moved(long from, long to, long count) {}

    /// Where all entries of an earlier view of the same index stand in this one; empty when a fragment has gone since,
    /// so that nobody can say.
    public Optional<List<Moved>> movedFrom(IndexView earlier) {
        List<Moved> moved = new ArrayList<>();
        for (int i = 0; i < earlier.firstOrdinals.length; i++) {
            IndexFragment fragment = earlier.fragments.get(i);
            int here = fragments.indexOf(fragment);
            if (here < 0) {
                return Optional.empty();
            }
            moved.add(new Moved(earlier.firstOrdinals[i], firstOrdinals[here], fragment.entryCount()));
        }
        return Optional.of(moved);
    }

    /// Whether every fragment could be opened, and no damage has been seen in one since. What no look-up has touched
    /// yet may still be damaged; [#forEach] touches everything.
    public boolean complete() {
        return damage().isEmpty();
    }

    /// What is known to be wrong with fragments, one for each that is damaged.
    public List<CorruptDatastoreException> damage() {
        List<CorruptDatastoreException> damage = new ArrayList<>(unreadable);
        for (IndexFragment fragment : fragments) {
            fragment.damage().ifPresent(damage::add);
        }
        return damage;
    }

    /// Shows all places where a chunk lies; none when it lies nowhere.
    ///
    /// @throws CorruptDatastoreException when an entry of this chunk may stand where the index is damaged
    public void places(ChunkId id, PlaceVisitor visitor) throws IOException, DatastoreException {
        for (int i = 0; i < firstOrdinals.length; i++) {
            fragments.get(i).places(firstOrdinals[i], id, visitor);
        }
    }

    /// Shows all entries by ascending ordinal: fragment after fragment, each in the order of its ids.
    ///
    /// @throws CorruptDatastoreException when the index is damaged
    public void forEach(EntryVisitor visitor) throws IOException, DatastoreException {
        for (int i = 0; i < firstOrdinals.length; i++) {
            fragments.get(i).forEach(firstOrdinals[i], visitor);
        }
    }

    /// One entry of a chunk.
    public record Located(long ordinal, ChunkPlace place) {}

    /// All places where a chunk lies, as far as the index can be read.
    public List<Located> readablePlaces(ChunkId id) {
        List<Located> places = new ArrayList<>(1);
        for (int i = 0; i < firstOrdinals.length; i++) {
            try {
                fragments
                        .get(i)
                        .places(firstOrdinals[i], id, (ordinal, place) -> places.add(new Located(ordinal, place)));
            } catch (CorruptDatastoreException e) {
                LOG.debug("The index is read without a part of it: {}", e.getMessage());
            } catch (IOException | DatastoreException e) {
                throw new IllegalStateException("Nobody but the index can have thrown this.", e);
            }
        }
        return places;
    }

    /// Shows all entries of the fragments that no look-up has found damaged.
    public void forEachReadable(EntryVisitor visitor) throws IOException, DatastoreException {
        for (int i = 0; i < firstOrdinals.length; i++) {
            IndexFragment fragment = fragments.get(i);
            if (fragment.damage().isEmpty()) {
                fragment.forEach(firstOrdinals[i], visitor);
            }
        }
    }

    /// The packs that entries lie in, read from the fragments' lists of packs and not from their entries. About 100
    /// bytes of memory for each.
    public Set<PackId> packs() {
        Set<PackId> packs = new HashSet<>();
        for (IndexFragment fragment : fragments) {
            for (int i = 0; i < fragment.packCount(); i++) {
                packs.add(fragment.pack(i));
            }
        }
        return packs;
    }

    List<IndexFragment> fragments() {
        return fragments;
    }
}
