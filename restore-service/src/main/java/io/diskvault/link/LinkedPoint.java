package io.diskvault.link;

import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.link.view.LinkRow;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The recovery point that a link leads to, as the file that it gives.
///
/// @param datastore where its data is
public record LinkedPoint(LinkRow link, Datastore datastore, RecoveryPoint point, ImageLayout layout) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public long sizeBytes() {
        return layout.sizeBytes();
    }

    /// What to call the file; names of instances have letters, digits and hyphens only.
    public String fileName() {
        return "%s-%s.%s"
                .formatted(
                        link.instance(),
                        TIME.format(point.snapshotTime()),
                        ImageFormat.of(link.format()).extension());
    }

    /// Says that two requests get parts of the same file. A recovery point never changes.
    public String entityTag() {
        return "\"%s.%s\"".formatted(point.id(), link.format());
    }
}
