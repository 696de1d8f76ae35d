package io.diskvault.web.tls;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.Optional;

/// Whether the server speaks TLS. Both files are PEM, and are read again when they change.
///
/// @param certificate the server's certificate, followed by those of its issuers; plain HTTP unless set
/// @param key its private key, PKCS #8 and without a password; no other user of the machine may read it
/// @param allowPlain whether plain HTTP may be spoken beyond loopback, where anybody on the way reads the tokens. Only
///     for a server behind a proxy that has TLS, or in a container whose port is published on loopback
@ConfigurationProperties(TlsSettings.PREFIX)
public record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        @Bindable(defaultValue = "false") boolean allowPlain) {
    static final String PREFIX = "diskvault.tls";
    static final String CERTIFICATE = PREFIX + ".certificate";

    public TlsSettings {
        certificate = certificate.filter(TlsSettings::isNamed);
        key = key.filter(TlsSettings::isNamed);
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigurationException(
                    "Of diskvault.tls.certificate and diskvault.tls.key only %s is set; set both, or none for plain HTTP."
                            .formatted(certificate.isPresent() ? "the first" : "the second"));
        }
    }

    private static boolean isNamed(Path path) {
        return !path.toString().isEmpty();
    }
}
