package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Condition;
import io.diskvault.alert.Severity;
import io.diskvault.resourcegroup.DatastoreSpace;
import io.diskvault.resourcegroup.DatastoreSpace.Space;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Datastores whose file systems are nearly full.
@Singleton
final class FullDatastores implements Condition {
    private static final double GIB = 1L << 30;

    private final ResourceGroupRows groups;
    private final DatastoreSpace space;
    private final int percent;

    FullDatastores(ResourceGroupRows groups, DatastoreSpace space, AlertSettings settings) {
        this.groups = groups;
        this.space = space;
        this.percent = settings.datastorePercent();
    }

    @Override
    public AlertKind kind() {
        return AlertKind.DATASTORE_NEARLY_FULL;
    }

    @Override
    public List<Cause> holding(Instant now) {
        return StreamSupport.stream(groups.findAll().spliterator(), false)
                .flatMap(group -> spaceOf(group).flatMap(room -> cause(group, room)).stream())
                .toList();
    }

    /// Where it is not known, backups fail and say so.
    private Optional<Space> spaceOf(ResourceGroupRow group) {
        return Optional.ofNullable(group.datastore()).map(Path::of).flatMap(space::of);
    }

    private static long usedPercent(Space room) {
        return room.capacityBytes() == 0
                ? 0
                : Math.round(100.0 * (room.capacityBytes() - room.freeBytes()) / room.capacityBytes());
    }

    Optional<Cause> cause(ResourceGroupRow group, Space room) {
        long used = usedPercent(room);
        if (used < percent) {
            return Optional.empty();
        }
        return Optional.of(Cause.of(
                        kind(),
                        group.name(),
                        String.format(
                                Locale.ROOT,
                                "The datastore of the resource group '%s' is %d %% full: %.1f of %.1f GiB are free in %s.",
                                group.name(),
                                used,
                                room.freeBytes() / GIB,
                                room.capacityBytes() / GIB,
                                group.datastore()),
                        "Make room there or enlarge it; shorter retention frees room when points expire and are collected."
                                + " When it is full, backups fail.")
                .inGroup(group.name())
                .as(used >= (percent + 100) / 2 ? Severity.CRITICAL : Severity.WARNING));
    }
}
