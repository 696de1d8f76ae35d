package io.diskvault.overview.web;

import io.diskvault.access.Grants.Reach;
import io.diskvault.overview.web.OverviewResponse.DatastoreStorage;
import io.diskvault.overview.web.OverviewResponse.Storage;
import io.diskvault.resourcegroup.DatastoreSpace;
import io.diskvault.resourcegroup.DatastoreSpace.Space;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.storage.StorageCurve;
import io.diskvault.storage.view.InstanceStorageRows;
import io.diskvault.storage.view.StorageDayRows;
import io.diskvault.storage.view.StorageTotals;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The overview's part about storage.
@Singleton
final class StorageOverview {
    private static final int DAYS = 30;

    private final InstanceStorageRows instances;
    private final StorageDayRows days;
    private final ResourceGroupRows groups;
    private final DatastoreSpace space;

    StorageOverview(
            InstanceStorageRows instances, StorageDayRows days, ResourceGroupRows groups, DatastoreSpace space) {
        this.instances = instances;
        this.days = days;
        this.groups = groups;
        this.space = space;
    }

    /// @param vaults whose recovery points the caller may see
    /// @param visible which resource groups he may
    Storage of(Reach vaults, Reach visible, Instant now) {
        List<StorageTotals> totals = instances.totals(vaults.everywhere(), vaults.vaults());
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate first = today.minusDays(DAYS - 1L);
        long stored = sum(totals, StorageTotals::storedBytes);
        StorageCurve curve = StorageCurve.of(
                first, today, stored, days.since(first.toString(), vaults.everywhere(), vaults.vaults()));
        return new Storage(
                sum(totals, StorageTotals::logicalBytes),
                sum(totals, StorageTotals::usedBytes),
                stored,
                datastores(totals, visible),
                curve.days());
    }

    private static long sum(List<StorageTotals> totals, ToLongFunction<StorageTotals> part) {
        return totals.stream().mapToLong(part).sum();
    }

    private List<DatastoreStorage> datastores(List<StorageTotals> totals, Reach visible) {
        Map<String, Long> stored =
                totals.stream().collect(Collectors.toMap(StorageTotals::snapshotGroup, StorageTotals::storedBytes));
        return groups.withDatastore(visible.everywhere(), visible.groups()).stream()
                .map(group -> datastore(group, stored.getOrDefault(group.name(), 0L)))
                .toList();
    }

    private DatastoreStorage datastore(ResourceGroupRow group, long storedBytes) {
        Optional<Space> room =
                Optional.ofNullable(group.datastore()).map(Path::of).flatMap(space::of);
        return new DatastoreStorage(
                group.name(),
                storedBytes,
                room.map(Space::freeBytes).orElse(null),
                room.map(Space::capacityBytes).orElse(null));
    }
}
