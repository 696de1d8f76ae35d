package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.policy.RetentionRule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The recovery points of an instance that have not expired, and the rule that the newest never does.
final class LivePoints {
    /// A worker that died after the datastore's commit reports the point again at its next attempt; by then at most a
    /// few others can have expired.
    private static final int GONE_REMEMBERED_MAX = 100;

    record LivePoint(String id, Instant snapshotTime, Instant expiryTime, RetentionRule rule, long policyVersion) {}

    @JsonProperty
    private final List<LivePoint> points = new ArrayList<>();

    @JsonProperty
    private final Deque<String> gone = new ArrayDeque<>();

    Collection<LivePoint> all() {
        return points;
    }

    boolean wasCreated(String id) {
        return gone.contains(id) || points.stream().anyMatch(point -> point.id().equals(id));
    }

    /// Those whose time is up, oldest first. The newest point of all is never among them: it is what could be restored
    /// if no further backup succeeded.
    List<LivePoint> elapsedAt(Instant now) {
        Optional<LivePoint> newest = points.stream().max(Comparator.comparing(LivePoint::snapshotTime));
        return points.stream()
                .filter(point -> !point.expiryTime().isAfter(now))
                .filter(point -> !point.equals(newest.get()))
                .sorted(Comparator.comparing(LivePoint::snapshotTime))
                .toList();
    }

    /// Whether a point was still the newest when its time was up.
    boolean outlivedAsNewest(LivePoint expired) {
        return points.stream()
                .map(LivePoint::snapshotTime)
                .filter(time -> time.isAfter(expired.snapshotTime()))
                .min(Comparator.naturalOrder())
                .filter(next -> next.isAfter(expired.expiryTime()))
                .isPresent();
    }

    void created(RecoveryPointCreated event) {
        points.add(new LivePoint(
                event.point().id(),
                event.point().snapshotTime(),
                event.expiryTime(),
                event.rule(),
                event.policyVersion()));
    }

    void expired(String id) {
        points.removeIf(point -> point.id().equals(id));
        gone.addLast(id);
        if (gone.size() > GONE_REMEMBERED_MAX) {
            gone.removeFirst();
        }
    }
}
