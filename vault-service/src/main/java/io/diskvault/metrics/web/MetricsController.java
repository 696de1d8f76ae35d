package io.diskvault.metrics.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.metrics.Scrape;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/// `/metrics`, where Prometheus expects it.
@Controller("/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricsController {
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final Scrape scrape;

    MetricsController(Scrape scrape) {
        this.scrape = scrape;
    }

    /// Everything that is measured, in the text format of Prometheus.
    @Get(produces = TEXT_FORMAT)
    @Allow(Permission.METRICS_READ)
    String metrics() {
        return scrape.text();
    }
}
