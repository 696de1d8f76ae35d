package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceCommand.HoldForExport;
import io.diskvault.instance.InstanceCommand.ReleaseExported;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.PointExportEnded;
import io.diskvault.instance.InstanceEvent.PointExported;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

    LivePoint get(InstanceId instance, String id) {
        return find(id).orElseThrow(() -> InstanceRejection.pointNotFound(instance, id));
    }

    /// @return nothing if it is held for that reason already
    Optional<LegalHoldSet> hold(SetLegalHold command) {
        return get(command.instance(), command.point()).hold().equals(Optional.of(command.reason()))
                ? Optional.empty()
                : Optional.of(new LegalHoldSet(command.instance(), command.point(), command.reason(), command.at()));
    }

    /// @return nothing if it is not held
    Optional<LegalHoldReleased> release(ReleaseLegalHold command) {
        return get(command.instance(), command.point())
                .hold()
                .map(_ -> new LegalHoldReleased(command.instance(), command.point(), command.at()));
    }

    void requireNoneHeld(InstanceId instance) {
        List<LivePoint> held =
                points.stream().filter(point -> point.hold().isPresent()).toList();
        if (!held.isEmpty()) {
            throw new CommandRejected(
                    InstanceRejection.ON_LEGAL_HOLD,
                    "The backup instance '%s' has %d recovery points on legal hold, %s among them."
                            .formatted(
                                    instance.path(),
                                    held.size(),
                                    held.getFirst().id()));
        }
    }

    /// @return nothing if the export has it already
    Optional<PointExported> holdForExport(HoldForExport command) {
        LivePoint point = get(command.instance(), command.point());
        return point.exports().contains(command.export())
                ? Optional.empty()
                : Optional.of(new PointExported(
                        command.instance(),
                        command.point(),
                        command.export(),
                        point.exports().size() + 1,
                        command.at()));
    }

    /// @return nothing if the export has it no longer
    Optional<PointExportEnded> releaseExported(ReleaseExported command) {
        return find(command.point())
                .filter(point -> point.exports().contains(command.export()))
                .map(point -> new PointExportEnded(
                        command.instance(),
                        command.point(),
                        command.export(),
                        point.exports().size() - 1,
                        command.at()));
    }

    void requireNoneExported(InstanceId instance) {
        int exports = points.stream().mapToInt(point -> point.exports().size()).sum();
        if (exports > 0) {
            throw new CommandRejected(
                    InstanceRejection.POINTS_EXPORTED,
                    "Recovery points of '%s' are being exported, %d times.".formatted(instance.path(), exports));
        }
    }

    /// For an immutable vault: nothing goes before its time.
    void requireElapsed(InstanceId instance, Instant at) {
        List<LivePoint> early =
                points.stream().filter(point -> point.expiryTime().isAfter(at)).toList();
        if (!early.isEmpty()) {
            Instant last = early.stream()
                    .map(LivePoint::expiryTime)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            throw new CommandRejected(
                    InstanceRejection.VAULT_IMMUTABLE,
                    "The vault of '%s' is immutable, and %d of its recovery points have to stay, the last until %s."
                            .formatted(instance.path(), early.size(), last));
        }
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

    void held(LegalHoldSet event) {
        change(event.point(), point -> point.held(event.reason()));
    }

    void released(LegalHoldReleased event) {
        change(event.point(), point -> point.released(event.at()));
    }

    void exported(PointExported event) {
        change(event.point(), point -> point.exported(event.export()));
    }

    void exportEnded(PointExportEnded event) {
        change(event.point(), point -> point.exportEnded(event.export(), event.at()));
    }

    private void change(String id, UnaryOperator<LivePoint> change) {
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
