package io.diskvault.web.tls;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Makes the server speak TLS on its one port, and nothing older than TLS 1.2.
@Singleton
@Requires(property = TlsSettings.CERTIFICATE, pattern = ".+")
final class TlsListener implements ServerSslBuilder {
    private final ServerSslConfiguration configuration = new ServerSslConfiguration();

    @SuppressWarnings("deprecation") // the only way to have TLS on the port that the server is given
    TlsListener(HttpServerConfiguration server) {
        configuration.setEnabled(true);
        configuration.setPort(server.getPort().orElse(HttpServerConfiguration.DEFAULT_PORT));
        configuration.setKeyName(TlsCertificate.NAME);
        configuration.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    }

    @Override
    public ServerSslConfiguration getSslConfiguration() {
        return configuration;
    }

    /// The way of before certificates could be exchanged; with a key's name nobody asks.
    @Override
    public Optional<SslContext> build() {
        return Optional.empty();
    }
}
