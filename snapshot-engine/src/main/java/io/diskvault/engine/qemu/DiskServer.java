package io.diskvault.engine.qemu;

import io.diskvault.engine.source.DiskFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A `qemu-nbd` that serves the disk in one image on the workplace's socket. It ends when its last client has gone.
/// Must be closed, after its clients.
final class DiskServer implements Closeable {

    /// How many may read at once.
    static final int CLIENTS_MAX = 4;

    private static final int TRIES_MAX = 1500;
    private static final int PAUSE_MILLIS = 20;
    private static final int END_SECONDS = 5;

    /// Connects to a socket.
    @FunctionalInterface
    interface Connecting<C> {
        C to(Path socket) throws IOException;
    }

    private final Tool tool;
    private final Workplace place;
    private final String name;
    private boolean connected;

    private DiskServer(Tool tool, Workplace place, String name) {
        this.tool = tool;
        this.place = place;
        this.name = name;
    }

    /// @param file how QEMU gets at the image's file, as a description in JSON
    /// @param more options of the program
    /// @param name what to call the image in messages
    static DiskServer start(
            QemuTools tools,
            Workplace place,
            QemuFormat format,
            String file,
            Optional<Path> input,
            List<String> more,
            String name)
            throws IOException {
        // Nothing but this file, and not even the one that it may be a difference to.
        String image = "json:{\"driver\":\"%s\",\"backing\":null,\"file\":%s}".formatted(format.driver(), file);
        List<String> arguments = Stream.concat(
                        more.stream(), Stream.of("--shared=" + CLIENTS_MAX, "--socket=" + place.diskSocket(), image))
                .toList();
        return new DiskServer(Tool.start(tools, place, QemuTools.NBD, input, arguments), place, name);
    }

    /// Connects as soon as the disk is served. The first client has to stay until the end.
    ///
    /// @throws DiskFormatException when QEMU cannot open the image
    <C> C connect(Connecting<C> connecting) throws IOException {
        for (int count = 0; count < TRIES_MAX; count++) {
            if (Files.exists(place.diskSocket())) {
                try {
                    C client = connecting.to(place.diskSocket());
                    connected = true;
                    return client;
                } catch (ConnectException e) {
                    // There, but nobody listens on it yet.
                } catch (ProtocolException e) {
                    throw new DiskFormatException("%s cannot be read: %s".formatted(name, e.getMessage()));
                } catch (IOException e) {
                    // It listens before it looks at the image, and ends when it does not like it.
                    if (!tool.awaitEnd(END_SECONDS, TimeUnit.SECONDS)) {
                        throw e;
                    }
                }
            }
            if (tool.awaitEnd(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DiskFormatException("%s cannot be opened: %s.".formatted(name, tool.reason()));
            }
        }
        throw new SocketException("qemu-nbd has not opened %s in time: %s.".formatted(name, tool.reason()));
    }

    /// Why something failed that was asked of the disk.
    IOException explained(String what, IOException failure) throws IOException {
        String reason = tool.isAlive() ? String.valueOf(failure.getMessage()) : "qemu-nbd has ended: " + tool.reason();
        return new IOException("%s cannot be %s: %s".formatted(name, what, reason), failure);
    }

    /// Waits until everything is written and the image is closed.
    ///
    /// @throws IOException when that failed
    void finish(long seconds) throws IOException {
        tool.requireSuccess("qemu-nbd could not finish " + name, seconds);
    }

    /// Ends it at once.
    void kill() {
        tool.kill();
    }

    @Override
    public void close() throws IOException {
        if (!connected) {
            // It would wait for a client for ever.
            tool.kill();
        }
        tool.close();
    }
}
