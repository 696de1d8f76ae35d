package io.diskvault.instance;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What expiry does at an instant: which points go, which stay, and what keeps them. It is made before anything is
/// given up, and what is shown as a plan is what is done.
///
/// @param expiring those that go, oldest first, with what kept them beyond their time
/// @param staying the others, oldest first
public record ExpiryPlan(Instant at, List<Entry> expiring, List<Entry> staying) {
    public ExpiryPlan {
        expiring = List.copyOf(expiring);
        staying = List.copyOf(staying);
    }

    /// @param keptBy what keeps the point; of one that goes, what kept it beyond its time
    public record Entry(String point, Instant snapshotTime, Instant expiryTime, List<KeepReason> keptBy) {
        public Entry {
            keptBy = List.copyOf(keptBy);
        }
    }

    static ExpiryPlan of(
            Collection<LivePoint> points, ProtectionState state, Optional<Instant> expiryResumedAt, Instant at) {
        List<Entry> expiring = new ArrayList<>();
        List<Entry> staying = new ArrayList<>();
        Optional<LivePoint> newest = points.stream().max(comparing(LivePoint::snapshotTime));
        for (LivePoint point :
                points.stream().sorted(comparing(LivePoint::snapshotTime)).toList()) {
            List<KeepReason> keptBy =
                    keepers(point, newest.filter(point::equals).isPresent(), state, at);
            if (keptBy.isEmpty()) {
                expiring.add(entry(point, formerKeepers(point, points, expiryResumedAt)));
            } else {
                staying.add(entry(point, keptBy));
            }
        }
        return new ExpiryPlan(at, expiring, staying);
    }

    private static Entry entry(LivePoint point, List<KeepReason> keptBy) {
        return new Entry(point.id(), point.snapshotTime(), point.expiryTime(), keptBy);
    }

    private static List<KeepReason> keepers(LivePoint point, boolean newest, ProtectionState state, Instant at) {
        List<KeepReason> keepers = new ArrayList<>();
        if (state == ProtectionState.SOFT_DELETED) {
            keepers.add(KeepReason.SOFT_DELETED);
        }
        if (point.hold().isPresent()) {
            keepers.add(KeepReason.LEGAL_HOLD);
        }
        if (!point.exports().isEmpty()) {
            keepers.add(KeepReason.EXPORTED);
        }
        if (state == ProtectionState.PROTECTION_STOPPED) {
            keepers.add(KeepReason.PROTECTION_STOPPED);
        }
        if (point.expiryTime().isAfter(at)) {
            keepers.add(KeepReason.TIME_LEFT);
        } else if (newest) {
            keepers.add(KeepReason.NEWEST);
        }
        return keepers;
    }

    static List<KeepReason> formerKeepers(
            LivePoint point, Collection<LivePoint> points, Optional<Instant> expiryResumedAt) {
        List<KeepReason> keepers = new ArrayList<>();
        if (point.releasedAt().filter(point.expiryTime()::isBefore).isPresent()) {
            keepers.add(KeepReason.LEGAL_HOLD);
        }
        if (point.exportedUntil().filter(point.expiryTime()::isBefore).isPresent()) {
            keepers.add(KeepReason.EXPORTED);
        }
        if (expiryResumedAt.filter(point.expiryTime()::isBefore).isPresent()) {
            keepers.add(KeepReason.PROTECTION_STOPPED);
        }
        if (outlivedAsNewest(point, points)) {
            keepers.add(KeepReason.NEWEST);
        }
        return keepers;
    }

    /// Whether a point was still the newest when its time was up.
    private static boolean outlivedAsNewest(LivePoint expired, Collection<LivePoint> points) {
        return points.stream()
                .map(LivePoint::snapshotTime)
                .filter(time -> time.isAfter(expired.snapshotTime()))
                .min(naturalOrder())
                .filter(next -> next.isAfter(expired.expiryTime()))
                .isPresent();
    }
}
