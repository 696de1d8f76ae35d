package io.diskvault.link;

import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The port of the loopback address where this server gives disks over NBD, if a setting names one. Every user of the
/// machine can connect to it, so the names of disks are secrets there, and nothing is listed.
@Singleton
public class NbdPort implements Exports, ApplicationEventListener<ServerStartupEvent> {
    private final LinkSettings settings;
    private final List<SecretDisks> disks;
    private Optional<NbdServer> server = Optional.empty();

    NbdPort(LinkSettings settings, List<SecretDisks> disks) {
        this.settings = settings;
        this.disks = List.copyOf(disks);
    }

    @Override
    public synchronized void onApplicationEvent(ServerStartupEvent event) {
        settings.nbdPort().ifPresent(port -> {
            try {
                server = Optional.of(NbdServer.onLoopback(port, this, NbdLimits.DEFAULT));
            } catch (IOException failure) {
                throw new UncheckedIOException(
                        "Port %d, where diskvault.links.nbd-port wants disks to be served, cannot be listened on: %s"
                                .formatted(port, failure.getMessage()),
                        failure);
            }
        });
    }

    /// What a client needs to attach the disk that a secret opens; empty if this server has no such port.
    public synchronized Optional<URI> uri(String secret) {
        return server.map(running -> running.uri(secret));
    }

    public synchronized boolean isOpen() {
        return server.isPresent();
    }

    @Override
    public List<String> listed() {
        return List.of();
    }

    @Override
    public Optional<Export> find(String secret) throws IOException {
        try {
            return disks.stream()
                    .flatMap(some -> some.bySecret(secret).stream())
                    .findFirst();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    @PreDestroy
    void close() throws IOException {
        Optional<NbdServer> running;
        synchronized (this) {
            running = server;
            server = Optional.empty();
        }
        if (running.isPresent()) {
            running.get().close();
        }
    }
}
