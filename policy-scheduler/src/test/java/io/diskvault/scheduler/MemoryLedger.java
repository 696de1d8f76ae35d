package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.diskvault.slot.view.SlotRow;
import io.diskvault.slot.view.SlotTable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The table of slots in memory.
final class MemoryLedger implements SlotTable {
    private final Map<String, NavigableMap<Instant, SlotRow>> slots = new HashMap<>();
    private final Map<String, SlotRow> byJob = new HashMap<>();

    private NavigableMap<Instant, SlotRow> of(String instance) {
        return slots.computeIfAbsent(instance, _ -> new TreeMap<>());
    }

    Collection<SlotRow> all(String instance) {
        return of(instance).values();
    }

    @Override
    public Optional<SlotRow> findByJob(String job) {
        return Optional.ofNullable(byJob.get(job));
    }

    @Override
    public List<SlotRow> within(String instance, Instant from, Instant to) {
        return List.copyOf(of(instance).subMap(from, true, to, true).values());
    }

    @Override
    public void add(List<SlotRow> rows) {
        rows.forEach(row -> {
            assertNull(of(row.instanceId()).put(row.slot(), row), "there already");
            if (row.job() != null) {
                byJob.put(row.job(), row);
            }
        });
    }

    @Override
    public void change(SlotRow row) {
        assertNotNull(of(row.instanceId()).put(row.slot(), row), "not there");
        byJob.put(row.job(), row);
    }

    @Override
    public int forgetWithoutJob(String instance, Instant after) {
        Collection<SlotRow> later = of(instance).tailMap(after, false).values();
        int before = later.size();
        later.removeIf(row -> row.job() == null);
        return before - later.size();
    }

    @Override
    public void forgetInstance(String instance) {
        throw new UnsupportedOperationException("no instance is removed here");
    }

    @Override
    public void forgetAll() {
        throw new UnsupportedOperationException("nothing is replayed here");
    }
}
