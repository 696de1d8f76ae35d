package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.PackId;
import java.util.List;
import java.util.PriorityQueue;

/// Goes over the entries of several fragments in order, each once, leaving out those of some packs.
final class MergeCursor implements EntryCursor {

    private final PriorityQueue<MergeInput> inputs = new PriorityQueue<>();
    private final long[] id = new long[MergeInput.ID_PARTS];
    private final int[] place = new int[MergeInput.PLACE_PARTS];

    MergeCursor(List<FragmentPages> fragments, List<PackId> keptPacks) throws CorruptDatastoreException {
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
