package io.diskvault.platform;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/// Whether requests and jobs are traced. `application.yml` hands it on to the framework.
///
/// @param endpoint of a collector that understands OTLP over HTTP, without the `/v1/traces`
@ConfigurationProperties("diskvault.tracing")
record TracingSettings(
        @Bindable(defaultValue = "false") boolean enabled,
        @Bindable(defaultValue = "http://127.0.0.1:4318") URI endpoint) {
    TracingSettings {
        if (!"http".equals(endpoint.getScheme()) && !"https".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException(
                    "diskvault.tracing.endpoint is %s; an address like http://127.0.0.1:4318 is expected"
                            .formatted(endpoint));
        }
    }
}
