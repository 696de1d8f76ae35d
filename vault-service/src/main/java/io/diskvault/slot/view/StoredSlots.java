package io.diskvault.slot.view;

import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ledger in the database.
@Singleton
final class StoredSlots implements SlotTable {
    private final SlotRows rows;
    private final ViewTable<SlotRow> slots;
    private final ViewTable<JobRow> jobs;

    StoredSlots(SlotRows rows, JobRows jobs, Replays replays) {
        this.rows = rows;
        this.slots = replays.table(rows, SlotRow::id);
        this.jobs = replays.table(jobs, JobRow::id);
    }

    /// By what the job itself says of its slot, which in a replay takes no query.
    @Override
    public Optional<SlotRow> findByJob(String job) {
        return jobs.find(job)
                .flatMap(row -> Optional.ofNullable(row.slot())
                        .flatMap(slot -> slots.find(SlotRow.keyOf(row.vault() + "/" + row.instance(), slot))))
                .filter(row -> job.equals(row.job()));
    }

    @Override
    public List<SlotRow> within(String instanceId, Instant from, Instant to) {
        if (from.equals(to)) {
            return slots.find(SlotRow.keyOf(instanceId, from)).stream().toList();
        }
        slots.settled();
        return rows.within(instanceId, from, to);
    }

    @Override
    public void add(List<SlotRow> added) {
        slots.addAll(added);
    }

    @Override
    public void change(SlotRow row) {
        slots.change(row);
    }

    @Override
    public int forgetWithoutJob(String instanceId, Instant after) {
        slots.handOver();
        return rows.forgetWithoutJob(instanceId, after);
    }

    @Override
    public void forgetInstance(String instanceId) {
        slots.handOver();
        rows.forgetInstance(instanceId);
    }

    @Override
    public void forgetAll() {
        slots.clear();
    }
}
