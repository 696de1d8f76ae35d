package io.diskvault.alert.notice;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;

/// Where the server says that it is alive, so that its silence is noticed: an alert that is not sent because the
/// server is down must come from somebody else.
///
/// @param url asked by GET as long as all is well; unless set, nobody is told
/// @param every how often; 30 seconds to 24 hours. Whoever is told has to wait for a little longer before he worries
@ConfigurationProperties("diskvault.alerts.dead-man")
record DeadManSettings(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "5m") Duration every) {
    DeadManSettings {
        if (!url.isBlank()) {
            HttpAddress.check("diskvault.alerts.dead-man.url", url);
        }
        if (every.compareTo(Duration.ofSeconds(30)) < 0 || every.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.alerts.dead-man.every is %s; 30s to 24h is allowed".formatted(every));
        }
    }

    boolean isSet() {
        return !url.isBlank();
    }

    URI address() {
        return URI.create(url);
    }

    /// Without the path, by which whoever knows it could say that all is well.
    @Override
    public String toString() {
        return "DeadManSettings[" + (isSet() ? address().getHost() : "") + ", " + every + "]";
    }
}
