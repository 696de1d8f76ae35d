package io.diskvault.engine.backup;

import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts the extents of a source at the borders of the manifest's leaves.
final class LeafExtents {

    /// The data in one leaf's part of the disk.
    record Share(long leaf, List<Extent> extents) {}

    private final DiskSource source;
    private final long leafBytes;
    private Optional<Extent> rest;

    LeafExtents(DiskSource source, ManifestShape shape) throws IOException {
        this.source = source;
        this.leafBytes = shape.leafBytes();
        this.rest = source.dataFrom(0);
    }

    /// The next leaf that holds any data; empty at the end of the disk.
    Optional<Share> next() throws IOException {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        long leaf = rest.get().offset() / leafBytes;
        long end = (leaf + 1) * leafBytes;
        List<Extent> extents = new ArrayList<>();
        while (rest.isPresent() && rest.get().offset() < end) {
            Extent extent = rest.get();
            long cut = Math.min(end, extent.end());
            extents.add(new Extent(extent.offset(), cut - extent.offset()));
            rest = cut < extent.end()
                    ? Optional.of(new Extent(cut, extent.end() - cut))
                    : source.dataFrom(extent.end());
        }
        return Optional.of(new Share(leaf, List.copyOf(extents)));
    }
}
