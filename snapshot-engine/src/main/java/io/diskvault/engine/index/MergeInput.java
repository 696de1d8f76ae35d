package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.PackId;
import java.util.Arrays;
import java.util.List;

/// One fragment that is being merged: the entries that are kept of it, in order. A damaged one is refused.
final class MergeInput implements Comparable<MergeInput> {

    static final int ID_PARTS = 4;
    static final int PLACE_PARTS = 4;

    private final FragmentPages pages;
    private final int[] packNumbers;
    private final long[] id = new long[ID_PARTS];
    private final int[] place = new int[PLACE_PARTS];
    private final long[] previousId = new long[ID_PARTS];
    private long nextEntry;

    /// @param keptPacks the packs whose entries are kept, ascending
    MergeInput(FragmentPages pages, List<PackId> keptPacks) {
        this.pages = pages;
        this.packNumbers = new int[pages.format().packCount()];
        int number = 0;
        for (int i = 0; i < packNumbers.length; i++) {
            PackId pack = pages.pack(i);
            while (number < keptPacks.size() && keptPacks.get(number).compareTo(pack) < 0) {
                number++;
            }
            packNumbers[i] = number < keptPacks.size() && keptPacks.get(number).equals(pack) ? number : -1;
        }
    }

    /// Goes to the next entry that is kept; false when there is none.
    boolean next() throws CorruptDatastoreException {
        try {
            return goOn();
        } catch (InternalError e) {
            throw pages.unreadable(e);
        }
    }

    private boolean goOn() throws CorruptDatastoreException {
        while (nextEntry < pages.format().entryCount()) {
            long entry = nextEntry++;
            if (entry % FragmentFormat.PAGE_ENTRIES == 0) {
                pages.check(entry);
            }
            read(entry);
            if (place[0] >= 0) {
                return true;
            }
        }
        return false;
    }

    private void read(long entry) throws CorruptDatastoreException {
        System.arraycopy(id, 0, previousId, 0, ID_PARTS);
        for (int part = 0; part < ID_PARTS; part++) {
            id[part] = pages.idPart(entry, part);
        }
        if (entry > 0 && compareIds(id, previousId) < 0) {
            throw pages.damaged("its entries are not in order");
        }
        place[0] = packNumbers[pages.placePart(entry, 0)];
        for (int part = 1; part < PLACE_PARTS; part++) {
            place[part] = pages.placePart(entry, part);
        }
    }

    private static int compareIds(long[] one, long[] other) {
        for (int part = 0; part < ID_PARTS; part++) {
            int order = Long.compareUnsigned(one[part], other[part]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// Copies the current entry.
    void copyTo(long[] toId, int[] toPlace) {
        System.arraycopy(id, 0, toId, 0, ID_PARTS);
        System.arraycopy(place, 0, toPlace, 0, PLACE_PARTS);
    }

    /// Whether the current entry has this id and begins at this place.
    boolean isAt(long[] otherId, int[] otherPlace) {
        return place[1] == otherPlace[1] && place[0] == otherPlace[0] && Arrays.equals(id, otherId);
    }

    /// The order of the current entries. Lengths count, too, so that of two that contradict each other always the same
    /// one is kept.
    @Override
    public int compareTo(MergeInput other) {
        int order = compareIds(id, other.id);
        for (int part = 0; order == 0 && part < PLACE_PARTS; part++) {
            order = Integer.compare(place[part], other.place[part]);
        }
        return order;
    }
}
