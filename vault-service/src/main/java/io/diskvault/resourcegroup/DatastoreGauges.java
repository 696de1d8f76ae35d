package io.diskvault.resourcegroup;

import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How much room datastores have. One that is not there, like a disk that is not mounted, has no sample.
@Singleton
final class DatastoreGauges implements GaugeSource {
    private final ResourceGroupRows rows;

    DatastoreGauges(ResourceGroupRows rows) {
        this.rows = rows;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily(
                        "diskvault.datastore.free.bytes",
                        "What can still be written to the file system of a resource group's datastore.",
                        () -> measured(FileStore::getUsableSpace)),
                new GaugeFamily(
                        "diskvault.datastore.capacity.bytes",
                        "Size of the file system of a resource group's datastore.",
                        () -> measured(FileStore::getTotalSpace)));
    }

    @FunctionalInterface
    private interface Measure {
        long of(FileStore store) throws IOException;
    }

    private List<Sample> measured(Measure measure) {
        List<Sample> samples = new ArrayList<>();
        for (ResourceGroupRow row : rows.findAll()) {
            String datastore = row.datastore();
            if (datastore != null) {
                try {
                    long bytes = measure.of(Files.getFileStore(Path.of(datastore)));
                    samples.add(Sample.of(bytes, "resource_group", row.name()));
                } catch (IOException _) {
                    // Backups to it fail, and say why.
                }
            }
        }
        return samples;
    }
}
