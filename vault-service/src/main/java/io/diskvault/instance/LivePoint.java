package io.diskvault.instance;

import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.policy.RetentionRule;
import java.time.Instant;
import java.util.Optional;

/// A recovery point that has not expired.
///
/// @param hold why it must not go, while there is a legal hold on it
/// @param releasedAt when its last legal hold ended
record LivePoint(
        String id,
        BackupKind kind,
        Instant snapshotTime,
        Instant expiryTime,
        RetentionRule rule,
        long policyVersion,
        Optional<String> hold,
        Optional<Instant> releasedAt) {
    static LivePoint of(RecoveryPointCreated event) {
        return new LivePoint(
                event.point().id(),
                event.point().kind(),
                event.point().snapshotTime(),
                event.expiryTime(),
                event.rule(),
                event.policyVersion(),
                Optional.empty(),
                Optional.empty());
    }

    LivePoint held(String reason) {
        return new LivePoint(id, kind, snapshotTime, expiryTime, rule, policyVersion, Optional.of(reason), releasedAt);
    }

    LivePoint released(Instant at) {
        return new LivePoint(
                id, kind, snapshotTime, expiryTime, rule, policyVersion, Optional.empty(), Optional.of(at));
    }
}
