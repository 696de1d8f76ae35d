package io.diskvault.alert;

import io.diskvault.alert.view.AlertCount;
import io.diskvault.alert.view.AlertRows;
import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/// How much somebody has to look at.
@Singleton
final class AlertGauges implements GaugeSource {
    private final AlertRows rows;

    AlertGauges(AlertRows rows) {
        this.rows = rows;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily("diskvault.alerts.open", "Alerts that are not closed, by severity.", this::bySeverity));
    }

    private List<Sample> bySeverity() {
        List<AlertCount> counts = rows.countOpen();
        return Arrays.stream(Severity.values())
                .map(severity -> Sample.of(
                        counts.stream()
                                .filter(count -> count.severity().equals(severity.text()))
                                .mapToLong(AlertCount::count)
                                .sum(),
                        "severity",
                        severity.text()))
                .toList();
    }
}
