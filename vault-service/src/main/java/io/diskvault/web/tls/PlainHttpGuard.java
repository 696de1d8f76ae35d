package io.diskvault.web.tls;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.server.HttpServerConfiguration;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops the start of a server that would let its tokens be read on the network, unless it was told that somebody else
/// takes care of that.
@Context
final class PlainHttpGuard {
    private static final Logger LOG = LoggerFactory.getLogger(PlainHttpGuard.class);

    PlainHttpGuard(TlsSettings tls, HttpServerConfiguration server) {
        String host = server.getHost().orElse("0.0.0.0");
        if (tls.certificate().isPresent() || isLoopback(host)) {
            return;
        }
        if (!tls.allowPlain()) {
            throw new ConfigurationException("The server would listen on " + host + " without TLS, and everybody on the"
                    + " way could read its tokens. Set diskvault.tls.certificate and diskvault.tls.key, or listen on"
                    + " 127.0.0.1. Where a proxy has TLS, set diskvault.tls.allow-plain=true.");
        }
        LOG.warn("The server listens on {} without TLS: everybody on the way to it can read its tokens.", host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
