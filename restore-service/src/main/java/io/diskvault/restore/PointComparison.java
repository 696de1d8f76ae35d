package io.diskvault.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.ChangedRange;
import io.diskvault.engine.datastore.DiffResult;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.role.VaultIdentity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Says where two recovery points of an instance differ, from their manifests alone: no content is read, and none can
/// be told from the answer.
@Singleton
public class PointComparison {
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final RestorePoints points;

    PointComparison(InstanceCatalog instances, VaultIdentity identity, RestorePoints points) {
        this.instances = instances;
        this.identity = identity;
        this.points = points;
    }

    /// @param ranges those from the asked place on, at most as many as asked, by their place on the disk
    /// @param more whether there are others after them
    public record Differences(String from, String to, DiffResult total, List<ChangedRange> ranges, boolean more) {
        public Differences {
            ranges = List.copyOf(ranges);
        }
    }

    /// Compares.
    ///
    /// @param from the earlier point, or `latest`
    /// @param to the later one, or `latest`
    /// @param start from which byte on ranges are listed; the totals are of the whole disk
    /// @param rangesMax at most so many are listed
    /// @throws io.diskvault.command.CommandRejected if a point is missing or damaged, or may not be read
    public Differences compare(InstanceId instance, String from, String to, long start, int rangesMax) {
        VaultIdentity.require(identity.missingToExport(
                instance.vaultId(), instances.restorable(instance).snapshotGroup()));
        String earlier = points.idOf(instance, from);
        String later = points.idOf(instance, to);
        List<ChangedRange> listed = new ArrayList<>();
        try {
            RestorePoints.Stored first = points.find(instance, earlier);
            RestorePoints.Stored second = points.find(instance, later);
            DiffResult total = first.datastore()
                    .diff(
                            first.point(),
                            second.point(),
                            range -> {
                                if (range.start() >= start && listed.size() <= rangesMax) {
                                    listed.add(range);
                                }
                            },
                            Watch.NONE);
            boolean more = listed.size() > rangesMax;
            return new Differences(earlier, later, total, more ? listed.subList(0, rangesMax) : listed, more);
        } catch (DatastoreException | IOException failure) {
            throw EngineObstacle.of("Comparing the recovery points of '%s'".formatted(instance.path()), failure);
        }
    }
}
