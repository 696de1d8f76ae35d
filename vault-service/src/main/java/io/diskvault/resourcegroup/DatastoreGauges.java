package io.diskvault.resourcegroup;

import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import io.diskvault.resourcegroup.DatastoreSpace.Space;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// How much room datastores have. One that is not there, like a disk that is not mounted, has no sample.
@Singleton
final class DatastoreGauges implements GaugeSource {
    private final ResourceGroupRows rows;
    private final DatastoreSpace space;

    DatastoreGauges(ResourceGroupRows rows, DatastoreSpace space) {
        this.rows = rows;
        this.space = space;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily(
                        "diskvault.datastore.free.bytes",
                        "What can still be written to the file system of a resource group's datastore.",
                        () -> measured(Space::freeBytes)),
                new GaugeFamily(
                        "diskvault.datastore.capacity.bytes",
                        "Size of the file system of a resource group's datastore.",
                        () -> measured(Space::capacityBytes)));
    }

    private List<Sample> measured(ToLongFunction<Space> measure) {
        List<Sample> samples = new ArrayList<>();
        for (ResourceGroupRow row : rows.findAll()) {
            String datastore = row.datastore();
            if (datastore != null) {
                space.of(Path.of(datastore))
                        .ifPresent(found ->
                                samples.add(Sample.of(measure.applyAsLong(found), "resource_group", row.name())));
            }
        }
        return samples;
    }
}
