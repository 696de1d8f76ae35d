package io.diskvault.alert.notice;

import io.micronaut.context.exceptions.ConfigurationException;
import java.net.URI;

/// Addresses that the operator tells the server to ask.
final class HttpAddress {
    private HttpAddress() {}

    /// @throws ConfigurationException if it is none; the message does not repeat it, because its path may be a secret
    static void check(String setting, String address) {
        if (!isUsable(address)) {
            throw new ConfigurationException(
                    "%s is no address of the kind https://host/path; user names in it are not taken."
                            .formatted(setting));
        }
    }

    private static boolean isUsable(String address) {
        try {
            URI uri = URI.create(address);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
