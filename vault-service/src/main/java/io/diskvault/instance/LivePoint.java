package io.diskvault.instance;

import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.policy.RetentionRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A recovery point that has not expired.
///
/// @param hold why it must not go, while there is a legal hold on it
/// @param releasedAt when its last legal hold ended
/// @param exports which exports of it there are
/// @param exportedUntil when the last of them ended
record LivePoint(
        String id,
        BackupKind kind,
        Instant snapshotTime,
        Instant expiryTime,
        RetentionRule rule,
        long policyVersion,
        Optional<String> hold,
        Optional<Instant> releasedAt,
        List<UUID> exports,
        Optional<Instant> exportedUntil) {
    LivePoint {
        // Snapshots from before there were exports have none.
        exports = exports == null ? List.of() : List.copyOf(exports);
    }

    static LivePoint of(RecoveryPointCreated event) {
        return new LivePoint(
                event.point().id(),
                event.point().kind(),
                event.point().snapshotTime(),
                event.expiryTime(),
                event.rule(),
                event.policyVersion(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    LivePoint held(String reason) {
        return with(Optional.of(reason), releasedAt, exports, exportedUntil);
    }

    LivePoint released(Instant at) {
        return with(Optional.empty(), Optional.of(at), exports, exportedUntil);
    }

    LivePoint exported(UUID export) {
        return with(
                hold,
                releasedAt,
                Stream.concat(exports.stream(), Stream.of(export)).toList(),
                exportedUntil);
    }

    LivePoint exportEnded(UUID export, Instant at) {
        List<UUID> left =
                exports.stream().filter(other -> !other.equals(export)).toList();
        return with(hold, releasedAt, left, Optional.of(at));
    }

    private LivePoint with(
            Optional<String> nextHold,
            Optional<Instant> nextReleasedAt,
            List<UUID> nextExports,
            Optional<Instant> nextExportedUntil) {
        return new LivePoint(
                id,
                kind,
                snapshotTime,
                expiryTime,
                rule,
                policyVersion,
                nextHold,
                nextReleasedAt,
                nextExports,
                nextExportedUntil);
    }
}
