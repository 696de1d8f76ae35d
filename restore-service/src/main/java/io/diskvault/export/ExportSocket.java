package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The unix domain socket where all exports are, in a directory that only the server's user may enter. Whoever is that
/// user can read the datastore's key anyway. It is there from the first export on.
@Singleton
class ExportSocket {
    private static final String NAME = "nbd.sock";

    private final Path directory;
    private final ExportSettings settings;
    private Optional<NbdServer> server = Optional.empty();

    ExportSocket(@Value("${diskvault.data}") Path data, ExportSettings settings) {
        this.directory = data.resolve("exports");
        this.settings = settings;
    }

    /// Listens, if it does not already.
    ///
    /// @throws CommandRejected if that is not possible
    synchronized void open(Exports exports) {
        if (server.isPresent()) {
            return;
        }
        Path socket = settings.socket().orElse(directory.resolve(NAME));
        try {
            prepareDirectory();
            server = Optional.of(NbdServer.onSocket(socket, exports, limits()));
        } catch (IOException failure) {
            throw new CommandRejected(
                    ExportRejection.SOCKET_UNUSABLE,
                    "The socket %s, where exports are served, cannot be listened on: %s"
                            .formatted(socket, failure.getMessage()));
        }
    }

    /// Also where the socket is elsewhere: what exports need beside it has its place here.
    private void prepareDirectory() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private NbdLimits limits() {
        NbdLimits usual = NbdLimits.DEFAULT;
        return new NbdLimits(
                settings.connections(), usual.requestsMax(), usual.bufferBytesMax(), usual.patience(), usual.idle());
    }

    /// What a client needs to attach an export; empty while nobody listens.
    synchronized Optional<URI> uri(String export) {
        return server.map(running -> running.uri(export));
    }

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
