package io.diskvault.storage;

import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import io.diskvault.storage.view.InstanceStorageRows;
import io.diskvault.storage.view.StorageTotals;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToLongFunction;

/// What the recovery points in a resource group's datastore take.
@Singleton
final class StorageGauges implements GaugeSource {
    private final InstanceStorageRows instances;

    StorageGauges(InstanceStorageRows instances) {
        this.instances = instances;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily(
                        "diskvault.recovery.points.used.bytes",
                        "What is used by the oldest recovery point of each instance, and what changed until each later one.",
                        () -> ofAll(StorageTotals::usedBytes)),
                new GaugeFamily(
                        "diskvault.recovery.points.stored.bytes",
                        "By how much datastores grew when the recovery points that are there were made.",
                        () -> ofAll(StorageTotals::storedBytes)));
    }

    private List<Sample> ofAll(ToLongFunction<StorageTotals> part) {
        return instances.totals(true, List.of("")).stream()
                .map(group -> Sample.of(part.applyAsLong(group), "resource_group", group.snapshotGroup()))
                .toList();
    }
}
