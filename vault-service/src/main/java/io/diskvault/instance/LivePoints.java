package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The recovery points of an instance that have not expired.
final class LivePoints {
    /// A worker that died after the datastore's commit reports the point again at its next attempt; by then at most a
    /// few others can have expired.
    private static final int GONE_REMEMBERED_MAX = 100;

    @JsonProperty
    private final List<LivePoint> points = new ArrayList<>();

    @JsonProperty
    private final Deque<String> gone = new ArrayDeque<>();

    Collection<LivePoint> all() {
        return points;
    }

    Optional<LivePoint> find(String id) {
        return points.stream().filter(point -> point.id().equals(id)).findFirst();
    }

    List<LivePoint> held() {
        return points.stream().filter(point -> point.hold().isPresent()).toList();
    }

    /// Whether a further point of this kind would be one too many.
    boolean isFull(BackupKind kind, BackupLimits limits) {
        long scheduled = points.stream()
                .filter(point -> point.kind() == BackupKind.SCHEDULED)
                .count();
        return points.size() >= limits.pointsMax()
                || (kind == BackupKind.SCHEDULED && scheduled >= limits.scheduledPointsMax());
    }

    boolean wasCreated(String id) {
        return gone.contains(id) || find(id).isPresent();
    }

    void created(RecoveryPointCreated event) {
        points.add(LivePoint.of(event));
    }

    void change(String id, UnaryOperator<LivePoint> change) {
        points.replaceAll(point -> point.id().equals(id) ? change.apply(point) : point);
    }

    void expired(String id) {
        points.removeIf(point -> point.id().equals(id));
        gone.addLast(id);
        if (gone.size() > GONE_REMEMBERED_MAX) {
            gone.removeFirst();
        }
    }
}
