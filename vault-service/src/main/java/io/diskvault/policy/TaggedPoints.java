package io.diskvault.policy;

import java.time.Instant;
import java.util.List;

/// Goes through points from slot to slot and counts the live ones.
final class TaggedPoints {
    private final List<ForecastPoint> points;
    private final List<Instant> expiries;
    private int made;
    private int expired;
    private int oldest;

    /// @param points oldest first
    TaggedPoints(List<ForecastPoint> points) {
        this.points = points;
        this.expiries = points.stream().map(ForecastPoint::expiryTime).sorted().toList();
    }

    /// Goes on to a slot, and tells whether there is a point of it.
    boolean reach(Instant slot) {
        while (made < points.size() && points.get(made).snapshotTime().isBefore(slot)) {
            made++;
        }
        boolean isTagged =
                made < points.size() && points.get(made).snapshotTime().equals(slot);
        if (isTagged) {
            made++;
        }
        return isTagged;
    }

    /// How many of those reached have not expired before the slot.
    int liveAt(Instant slot) {
        while (expired < made && expiries.get(expired).isBefore(slot)) {
            expired++;
        }
        return made - expired;
    }

    /// When the oldest of these was made; the slot itself if there is none.
    Instant oldestAt(Instant slot) {
        while (oldest < made && points.get(oldest).expiryTime().isBefore(slot)) {
            oldest++;
        }
        return oldest < made ? points.get(oldest).snapshotTime() : slot;
    }
}
