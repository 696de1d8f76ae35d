package io.diskvault.engine.verify;

import java.util.List;
import java.util.Optional;

/// What a verification found.
///
/// @param points how many recovery points were looked at
/// @param packs how many packs
/// @param chunks how many places of chunks were compared with the index
/// @param openedChunks how many places of chunks that recovery points need were opened, and their content checked
/// @param checkedBytes how much was read of packs and index
/// @param unindexedPacks how many packs hold a chunk that no index fragment knows: the work of a backup that runs or
///     was cut off, or what is left of a lost fragment; no recovery point is harmed by it
/// @param findings everything that is wrong, by file
/// @param affected all recovery points that cannot be restored whole, and why does not matter here
/// @param notRecorded why the damaged places could not be written down, if they could not: then the next backup may
///     rely on them
public record VerifyResult(
        VerifyOptions.Depth depth,
        long points,
        long packs,
        long chunks,
        long openedChunks,
        long checkedBytes,
        long unindexedPacks,
        List<Finding> findings,
        List<AffectedPoint> affected,
        Optional<String> notRecorded) {

    public VerifyResult {
        findings = List.copyOf(findings);
        affected = List.copyOf(affected);
    }

    /// Whether every recovery point can be restored whole, as far as this verification looked.
    public boolean pointsAreWhole() {
        return affected.isEmpty();
    }

    /// Whether nothing at all is wrong.
    public boolean isClean() {
        return findings.isEmpty();
    }
}
