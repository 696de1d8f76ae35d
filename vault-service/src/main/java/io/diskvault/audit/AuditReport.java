package io.diskvault.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a verification found.
///
/// @param intact whether nothing was found
/// @param events how many links were checked
/// @param hash of the last link, in hexadecimal; null without events
/// @param late events whose transactions ended after those of later events: linked after them, and no finding
/// @param checkpoints how many were checked
/// @param signedEvents how many events the newest of them covers
/// @param signedTime when it was taken; null if there is none
/// @param findingCount of all findings; not more than 1,000 are listed
public record AuditReport(
        boolean intact,
        long events,
        long lastGlobalIndex,
        @Nullable String hash,
        long late,
        long checkpoints,
        long signedEvents,
        @Nullable Instant signedTime,
        long findingCount,
        List<Finding> findings) {
    static AuditReport of(Walked walk, CheckpointCheck signed, Findings findings) {
        Optional<Checkpoint> newest = signed.newest();
        return new AuditReport(
                findings.count() == 0,
                walk.links(),
                walk.indexMax(),
                walk.head().map(ChainLink::hash).orElse(null),
                walk.late(),
                signed.checked(),
                newest.map(Checkpoint::events).orElse(0L),
                newest.map(Checkpoint::time).orElse(null),
                findings.count(),
                findings.listed());
    }
}
