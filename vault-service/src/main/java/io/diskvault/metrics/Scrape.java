package io.diskvault.metrics;

import io.diskvault.metrics.GaugeFamily.Sample;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that is measured, as Prometheus reads it.
@Singleton
public class Scrape {
    private static final Logger LOG = LoggerFactory.getLogger(Scrape.class);

    private final PrometheusMeterRegistry shown;
    private final long refreshNanos;
    private final Map<GaugeFamily, MultiGauge> gauges = new HashMap<>();
    private final Counter failures;
    private long refreshedNanos;

    Scrape(MeterRegistry registry, PrometheusMeterRegistry shown, MetricsSettings settings, List<GaugeSource> sources) {
        this.shown = shown;
        this.refreshNanos = settings.refresh().toNanos();
        this.refreshedNanos = System.nanoTime() - refreshNanos;
        for (GaugeSource source : sources) {
            for (GaugeFamily family : source.gauges()) {
                gauges.put(
                        family,
                        MultiGauge.builder(family.name())
                                .description(family.description())
                                .register(registry));
            }
        }
        this.failures = Counter.builder("diskvault.metrics.failures")
                .description("Gauges that could not be measured, and were left out.")
                .register(registry);
    }

    /// One scrape at a time: several at once would ask the database the same.
    public synchronized String text() {
        long now = System.nanoTime();
        if (now - refreshedNanos >= refreshNanos) {
            gauges.forEach(this::measure);
            refreshedNanos = now;
        }
        return shown.scrape();
    }

    private void measure(GaugeFamily family, MultiGauge gauge) {
        gauge.register(rows(family), true);
    }

    /// What cannot be measured is left out: a number of before would look as if all were well.
    private List<Row<?>> rows(GaugeFamily family) {
        try {
            return family.samples().get().stream().map(Scrape::row).toList();
        } catch (RuntimeException failure) {
            LOG.warn("{} cannot be measured", family.name(), failure);
            failures.increment();
            return List.of();
        }
    }

    private static Row<?> row(Sample sample) {
        return Row.of(Tags.of(sample.labels().toArray(String[]::new)), sample.value());
    }
}
