package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.PackId;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/// Goes over the entries of several fragments in order, each once, leaving out those of some packs.
final class MergeCursor implements EntryCursor {

    private static final int TICK_ENTRIES = 1 << 14;

    private final LongConsumer tick;
    private long entries;
    private final PriorityQueue<MergeInput> inputs = new PriorityQueue<>();
    private final long[] id = new long[MergeInput.ID_PARTS];
    private final int[] place = new int[MergeInput.PLACE_PARTS];

    /// @param tick told now and then how many bytes of entries it has given
    MergeCursor(List<FragmentPages> fragments, List<PackId> keptPacks, LongConsumer tick)
            throws CorruptDatastoreException {
        this.tick = tick;
        for (FragmentPages pages : fragments) {
            add(new MergeInput(pages, keptPacks));
        }
    }

    private void add(MergeInput input) throws CorruptDatastoreException {
        if (input.next()) {
            inputs.add(input);
        }
    }

    @Override
    public boolean next() throws CorruptDatastoreException {
        MergeInput first = inputs.poll();
        if (first == null) {
            return false;
        }
        if (++entries % TICK_ENTRIES == 0) {
            tick.accept(entries * FragmentFormat.ENTRY_BYTES);
        }
        first.copyTo(id, place);
        add(first);
        for (MergeInput same = inputs.peek(); same != null && same.isAt(id, place); same = inputs.peek()) {
            inputs.remove();
            add(same);
        }
        return true;
    }

    @Override
    public long idPart(int part) {
        return id[part];
    }

    @Override
    public int placePart(int part) {
        return place[part];
    }
}
