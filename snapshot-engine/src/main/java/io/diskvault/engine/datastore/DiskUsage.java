package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.UniqueBytes;
import io.diskvault.engine.lease.ProtectedTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How much of what is stored a disk's recovery points have for themselves. Stored bytes are those of sealed chunks:
/// compressed, without what packs add to them.
///
/// @param uniqueBytes would be free if all of them were removed and everything was collected
/// @param points newest first
public record DiskUsage(long uniqueBytes, List<OfPoint> points) {

    public DiskUsage {
        points = List.copyOf(points);
    }

    /// @param uniqueBytes would be free if this one were removed, and no other
    public record OfPoint(RecoveryPointId point, long uniqueBytes) {}

    /// @param all recovery points of the datastore, newest first
    static DiskUsage of(String disk, List<RecoveryPoint> all, UniqueBytes unique)
            throws IOException, DatastoreException {
        List<RecoveryPoint> own = new ArrayList<>();
        List<Optional<ProtectedTree>> ownTrees = new ArrayList<>();
        List<Optional<ProtectedTree>> otherTrees = new ArrayList<>();
        for (RecoveryPoint point : all) {
            boolean isOwn = point.disk().equals(disk);
            if (isOwn) {
                own.add(point);
            }
            (isOwn ? ownTrees : otherTrees).add(Engine.tree(point));
        }
        UniqueBytes.Result found = unique.of(
                ownTrees, otherTrees.stream().flatMap(Optional::stream).toList());
        List<OfPoint> points = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            points.add(new OfPoint(own.get(i).id(), found.bytesOfEach().get(i)));
        }
        return new DiskUsage(found.uniqueBytes(), points);
    }
}
