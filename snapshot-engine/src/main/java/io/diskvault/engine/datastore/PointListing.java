package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import java.util.List;

/// All recovery-point records that were found: one damaged record does not hide the others.
///
/// @param points newest first
/// @param unreadable what is wrong with each of the other records
public record PointListing(List<RecoveryPoint> points, List<DatastoreException> unreadable) {

    public PointListing {
        points = List.copyOf(points);
        unreadable = List.copyOf(unreadable);
    }

    /// The points, provided that no record is unreadable.
    List<RecoveryPoint> complete() throws DatastoreException {
        if (!unreadable.isEmpty()) {
            throw unreadable.getFirst();
        }
        return points;
    }
}
