package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.engine.nbd.NbdDisk;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import io.diskvault.engine.source.Extent;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// The unix domain socket where all exports are, in a directory that only the server's user may enter. Whoever is that
/// user can read the datastore's key anyway. It is there from the first export on.
@Singleton
class ExportSocket {
    private static final String NAME = "nbd.sock";
    private static final String REHEARSAL = "first.sock";
    private static final int REHEARSED_BYTES = 4096;

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

    /// Serves something for a moment beside the socket, and reads the start of a stretch of it.
    void rehearse(Export export, Extent data) throws IOException {
        prepareDirectory();
        Path beside = directory.resolve(REHEARSAL);
        Exports only = new Exports() {
            @Override
            public List<String> listed() {
                return List.of();
            }

            @Override
            public Optional<Export> find(String name) {
                return Optional.of(export);
            }
        };
        try (NbdServer _ = NbdServer.onSocket(beside, only, limits());
                NbdDisk client = NbdDisk.open(beside, export.name(), 1)) {
            client.read(ByteBuffer.allocate((int) Math.min(REHEARSED_BYTES, data.length())), data.offset());
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
