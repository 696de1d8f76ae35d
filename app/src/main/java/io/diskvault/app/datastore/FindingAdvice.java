package io.diskvault.app.datastore;

import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a finding means for those who run a datastore, and what they can do about it.
///
/// @param finding what was found
/// @param datastore where it was found, as people wrote it
record FindingAdvice(Finding finding, Path datastore) {
    private static final String COPY_BACK = "Copy the file back from another copy of the datastore, if there is one";
    private static final String REBUILD =
            "Make the index anew from the packs, and verify again: diskvault datastore rebuild-index ";
    private static final int DISKS_MAX = 5;

    /// Damage in these files costs nothing as long as no recovery point is affected. In other files it stops other
    /// work: a key that opens nothing, an epoch without which no backup can be made, an index that cannot be
    /// collected.
    private static final List<String> NEEDED_FOR_POINTS_ONLY = List.of("packs/", "damaged/", "leases/");

    /// Whether nothing and nobody suffers from it.
    boolean isHarmless() {
        return finding.isHarmless() && NEEDED_FOR_POINTS_ONLY.stream().anyMatch(finding.file()::startsWith);
    }

    /// What to do; nothing when there is nothing to do.
    Optional<String> text() {
        if (isHarmless()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (finding.kind()) {
                    case UNREADABLE ->
                        "Look after the storage below the datastore, and verify again: it may be whole. " + forFile();
                    case OTHER_VERSION -> "Use the newest version of this program on this datastore.";
                    case MISSING, DAMAGED, MISPLACED -> forFile();
                });
    }

    private String forFile() {
        return switch (finding.file().replaceFirst("/.*", "")) {
            case "packs" ->
                (finding.kind() == Finding.Kind.MISPLACED ? REBUILD + datastore + " If it is found again: " : "")
                        + "Back " + disks() + " up again: what is still on the disk is stored anew, which heals earlier"
                        + " recovery points, too. " + COPY_BACK + ". Then verify again.";
            case "index" -> REBUILD + datastore;
            case "points" ->
                COPY_BACK + "; or delete it, which gives this recovery point up. Until then nothing can be collected.";
            case "epochs" -> "Let a collection make another one: diskvault datastore collect " + datastore;
            case "keys" -> COPY_BACK + "; or add that key again: diskvault datastore key add " + datastore;
            default -> COPY_BACK + ".";
        };
    }

    private String disks() {
        List<String> disks =
                finding.affected().stream().map(AffectedPoint::disk).distinct().toList();
        String named = disks.stream().limit(DISKS_MAX).collect(Collectors.joining(", "));
        return disks.size() > DISKS_MAX ? named + " and " + (disks.size() - DISKS_MAX) + " other disks" : named;
    }
}
