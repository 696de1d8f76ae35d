package io.diskvault.export;

import io.diskvault.export.view.ExportRows;
import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeSource;
import jakarta.inject.Singleton;
import java.util.List;

/// How many recovery points are served as disks.
@Singleton
final class ExportGauges implements GaugeSource {
    private final ExportRows rows;

    ExportGauges(ExportRows rows) {
        this.rows = rows;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(GaugeFamily.single("diskvault.exports.open", "Exports that have not ended.", rows::countActive));
    }
}
