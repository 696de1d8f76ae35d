package io.diskvault.alert.notice;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;

/// Who gets e-mail about alerts, and through which mail server.
///
/// @param host the mail server; no e-mail is sent unless it is set
/// @param port 587 unless set
/// @param security `StartTls`, `Tls` from the first byte, or `None`, which is for a mail server on the same machine
/// @param from the sender's address
/// @param to the addresses of those who get it
/// @param username by which the server knows this one; without it no name is given
/// @param password for it
@ConfigurationProperties("diskvault.alerts.mail")
record MailSettings(
        @Bindable(defaultValue = "") String host,
        @Bindable(defaultValue = "587") int port,
        @Bindable(defaultValue = "StartTls") String security,
        @Bindable(defaultValue = "") String from,
        @Bindable(defaultValue = "") List<String> to,
        @Bindable(defaultValue = "") String username,
        @Bindable(defaultValue = "") String password) {
    static final String START_TLS = "StartTls";
    static final String TLS = "Tls";
    static final String NONE = "None";

    MailSettings {
        to = to.stream().filter(address -> !address.isBlank()).toList();
        if (!host.isBlank()) {
            check("from", from);
            if (to.isEmpty()) {
                throw new ConfigurationException(
                        "diskvault.alerts.mail.host is set and diskvault.alerts.mail.to is not; say who gets the e-mail.");
            }
            to.forEach(address -> check("to", address));
            if (!List.of(START_TLS, TLS, NONE).contains(security)) {
                throw new ConfigurationException(
                        "diskvault.alerts.mail.security is %s; StartTls, Tls and None are allowed."
                                .formatted(security));
            }
            if (!username.isBlank() && security.equals(NONE)) {
                throw new ConfigurationException(
                        "diskvault.alerts.mail.username is set and diskvault.alerts.mail.security is None: the password"
                                + " would be sent in clear text. Use StartTls or Tls.");
            }
            if (port < 1 || port > 65_535) {
                throw new ConfigurationException(
                        "diskvault.alerts.mail.port is %d; 1 to 65535 is allowed.".formatted(port));
            }
        }
    }

    private static void check(String setting, String address) {
        try {
            new InternetAddress(address, true).validate();
        } catch (AddressException invalid) {
            throw new ConfigurationException("diskvault.alerts.mail.%s has '%s', which is no e-mail address: %s"
                    .formatted(setting, address, invalid.getMessage()));
        }
    }

    boolean isSet() {
        return !host.isBlank();
    }

    /// Without the password, so that it cannot slip into a log.
    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + "]";
    }
}
