package io.diskvault.alert.notice;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/// Which program is told of alerts. Both or none. Only whoever starts the server can say so: requests cannot make it
/// ask other addresses.
///
/// @param url where notices are sent by POST; https, or http in a network that one trusts
/// @param secret the key of their signature, known to the receiver; 16 characters at least
@ConfigurationProperties("diskvault.alerts.webhook")
record WebhookSettings(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "") String secret) {
    private static final int SECRET_MIN = 16;

    WebhookSettings {
        if (url.isBlank() != secret.isBlank()) {
            throw new ConfigurationException(
                    "Of diskvault.alerts.webhook.url and diskvault.alerts.webhook.secret only one is set; set both, or"
                            + " none.");
        }
        if (!url.isBlank()) {
            HttpAddress.check("diskvault.alerts.webhook.url", url);
            if (secret.length() < SECRET_MIN) {
                throw new ConfigurationException(
                        "diskvault.alerts.webhook.secret has %d characters; %d at least are needed."
                                .formatted(secret.length(), SECRET_MIN));
            }
        }
    }

    boolean isSet() {
        return !url.isBlank();
    }

    URI address() {
        return URI.create(url);
    }

    /// Without the secret, and without the path, which may be one.
    @Override
    public String toString() {
        return "WebhookSettings[" + (isSet() ? address().getHost() : "") + "]";
    }
}
