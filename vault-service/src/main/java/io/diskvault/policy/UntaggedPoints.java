package io.diskvault.policy;

import java.time.Instant;

/// Follows the `Default` points from the oldest live one to the newest, and counts them.
final class UntaggedPoints {
    private final PolicySimulation simulation;
    private final Slots slots;
    private final TaggedPoints tagged;
    private final RetentionDuration kept;
    private Instant oldest;
    private Instant oldestExpiry;
    private int live;

    /// @param first the first slot that is counted
    /// @param tagged the slots that have other points
    UntaggedPoints(PolicySimulation simulation, Instant first, TaggedPoints tagged) {
        this.simulation = simulation;
        this.slots = simulation.schedule().slots();
        this.tagged = tagged;
        this.kept = simulation.retention().defaultRule().duration();
        this.oldest = first;
        this.oldestExpiry = kept.after(first, simulation.zone());
        if (tagged.reach(first)) {
            next();
        }
    }

    void made() {
        live++;
    }

    /// How many of those made have not expired before the slot.
    int liveAt(Instant slot) {
        while (live > 0 && oldestExpiry.isBefore(slot)) {
            live--;
            next();
        }
        return live;
    }

    private void next() {
        do {
            oldest = slots.nextAfter(oldest);
        } while (tagged.reach(oldest));
        oldestExpiry = kept.after(oldest, simulation.zone());
    }

    /// When the oldest of these was made; the slot itself if there is none.
    Instant oldestAt(Instant slot) {
        return live > 0 ? oldest : slot;
    }
}
