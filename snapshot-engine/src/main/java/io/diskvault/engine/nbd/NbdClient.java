package io.diskvault.engine.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// One connection to somebody else's NBD server. For one thread at a time; after anything but a [ServerError] it is
/// of no use any more.
final class NbdClient implements Closeable {

    /// What is done over the connection.
    @FunctionalInterface
    private interface Exchange<R> {
        R run() throws IOException;
    }

    private final Wire wire;
    private final Alarms alarms;
    private final Duration patience;
    private final Agreement agreement;
    private final Requests requests;
    private volatile boolean late;

    /// @param channel is closed at the end, and when the handshake fails
    /// @param patience how long the server may take for each answer
    NbdClient(ByteChannel channel, String export, Alarms alarms, Duration patience) throws IOException {
        this.wire = new Wire(channel);
        this.alarms = alarms;
        this.patience = patience;
        boolean agreed = false;
        try {
            this.agreement = patiently(() -> new ClientHandshake(wire, export).run());
            this.requests = new Requests(wire, agreement);
            agreed = true;
        } finally {
            if (!agreed) {
                wire.close();
            }
        }
    }

    /// Connects to a unix domain socket.
    static NbdClient connect(Path socket, String export, Alarms alarms, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new NbdClient(channel, export, alarms, patience);
    }

    Agreement agreement() {
        return agreement;
    }

    void read(ByteBuffer into, long offset) throws IOException {
        patiently(() -> {
            requests.read(into, offset);
            return into;
        });
    }

    Requests.Allocation allocation(long offset, int length) throws IOException {
        return patiently(() -> requests.allocation(offset, length));
    }

    void write(ByteBuffer bytes, long offset) throws IOException {
        patiently(() -> {
            requests.write(bytes, offset);
            return bytes;
        });
    }

    void flush() throws IOException {
        patiently(() -> {
            requests.flush();
            return agreement;
        });
    }

    private <R> R patiently(Exchange<R> exchange) throws IOException {
        Alarms.Alarm alarm = alarms.in(patience, this::giveUp);
        try {
            return exchange.run();
        } catch (ConnectionLostException e) {
            if (late) {
                throw new IOException("The NBD server has not answered for " + patience.toSeconds() + " s.", e);
            }
            throw e;
        } finally {
            alarm.cancel();
        }
    }

    private void giveUp() {
        late = true;
        wire.close();
    }

    /// Ends the connection at once.
    void abandon() {
        wire.close();
    }

    /// Ends the connection in order, if the server still listens.
    @Override
    public void close() throws IOException {
        try {
            patiently(() -> {
                requests.disconnect();
                return agreement;
            });
        } catch (ConnectionLostException _) {
            // It has ended already.
        } finally {
            wire.close();
        }
    }
}
