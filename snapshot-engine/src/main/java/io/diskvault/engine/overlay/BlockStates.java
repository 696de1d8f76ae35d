package io.diskvault.engine.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The states of all blocks of a disk. Takes memory for those parts of the disk that were ever written to: four bytes
/// for each MiB of these. Thread-safe.
final class BlockStates {

    private final ConcurrentSkipListMap<Integer, StatePage> pages = new ConcurrentSkipListMap<>();
    private final AtomicLong changed = new AtomicLong();

    /// Takes a page in that was stored.
    void add(StatePage page) {
        pages.put(page.number(), page);
        changed.addAndGet(page.changedCount());
    }

    BlockState get(long block) {
        StatePage page = pages.get(pageOf(block));
        return page == null ? BlockState.BASE : page.get((int) (block % StatePage.BLOCKS));
    }

    private static int pageOf(long block) {
        return (int) (block / StatePage.BLOCKS);
    }

    /// @param state not [BlockState#BASE]: what was written is never as it was in the base again
    void set(long block, BlockState state) {
        StatePage page = pages.computeIfAbsent(pageOf(block), StatePage::new);
        if (page.set((int) (block % StatePage.BLOCKS), state) == BlockState.BASE) {
            changed.incrementAndGet();
        }
    }

    /// How many blocks are not as in the base.
    long changedCount() {
        return changed.get();
    }

    /// The first block at or after one that is not as in the base, or something beyond the limit.
    long nextChanged(long from, long limit) {
        long block = from;
        while (block < limit) {
            Map.Entry<Integer, StatePage> entry = pages.ceilingEntry(pageOf(block));
            if (entry == null) {
                return limit;
            }
            long first = (long) entry.getKey() * StatePage.BLOCKS;
            int found = entry.getValue().nextChanged((int) Math.max(0, block - first));
            block = first + found;
            if (found < StatePage.BLOCKS) {
                return block;
            }
        }
        return limit;
    }

    /// The pages that were changed since the last time that this was asked.
    List<StatePage> takeDirty() {
        List<StatePage> dirty = new ArrayList<>();
        for (StatePage page : pages.values()) {
            if (page.takeDirty()) {
                dirty.add(page);
            }
        }
        return dirty;
    }
}
