package io.diskvault.slot.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where the ledger is kept.
public interface SlotTable {
    /// The slot of a job; none if the job is of no slot.
    Optional<SlotRow> findByJob(String job);

    /// The slots of an instance within a time, both ends included.
    List<SlotRow> within(String instanceId, Instant from, Instant to);

    /// Adds slots that are not there yet.
    void add(List<SlotRow> rows);

    /// Changes a slot that is there.
    void change(SlotRow row);

    /// Forgets later slots of an instance that got no backup.
    int forgetWithoutJob(String instanceId, Instant after);

    void forgetInstance(String instanceId);

    void forgetAll();
}
