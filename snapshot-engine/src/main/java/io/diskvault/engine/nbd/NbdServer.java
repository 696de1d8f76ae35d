package io.diskvault.engine.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves exports to whoever connects: to its owner over a unix domain socket, or to everybody on this machine over
/// loopback TCP. Thread-safe; serves until it is closed.
///
/// There is no TLS, so it never listens anywhere else. Over TCP the name of an export is all that protects it.
public final class NbdServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NbdServer.class);

    /// So that no processor is used up while connections cannot be taken.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocketChannel listener;
    private final Closeable address;
    private final Function<String, URI> uris;
    private final Exports exports;
    private final NbdLimits limits;
    private final Alarms alarms;
    private final Semaphore free;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Pieces pieces = new Pieces();

    /// Each waits for one client. There are few, and the kernel wakes them up without a detour.
    private final ExecutorService receivers = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("nbd-connection-", 1).factory());

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("nbd-", 1).factory());
    private volatile boolean closed;

    private NbdServer(
            ServerSocketChannel listener,
            Closeable address,
            Function<String, URI> uris,
            Exports exports,
            NbdLimits limits,
            Alarms alarms) {
        this.listener = listener;
        this.address = address;
        this.uris = uris;
        this.exports = exports;
        this.limits = limits;
        this.alarms = alarms;
        this.free = new Semaphore(limits.connectionsMax());
    }

    /// Listens on a unix domain socket with mode 0600, which is removed at the end. A socket of that name that nobody
    /// listens on any more is replaced.
    public static NbdServer onSocket(Path socket, Exports exports, NbdLimits limits) throws IOException {
        return onSocket(socket, exports, limits, Alarms.ofMachine());
    }

    static NbdServer onSocket(Path socket, Exports exports, NbdLimits limits, Alarms alarms) throws IOException {
        SocketFile file = SocketFile.listen(socket);
        Function<String, URI> uris = name -> URI.create("nbd+unix:///" + encoded(name) + "?socket="
                + encoded(file.path().toString()));
        return started(new NbdServer(file.listener(), file, uris, exports, limits, alarms));
    }

    /// Listens on the loopback address, which every user of this machine can reach.
    ///
    /// @param port 0 takes a free one
    public static NbdServer onLoopback(int port, Exports exports, NbdLimits limits) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            int bound = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            Function<String, URI> uris = name -> URI.create("nbd://127.0.0.1:" + bound + "/" + encoded(name));
            return started(new NbdServer(listener, listener, uris, exports, limits, Alarms.ofMachine()));
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static String encoded(String text) {
        // Of a form in which slashes may stay, and a space is no plus.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static NbdServer started(NbdServer server) {
        server.threads.execute(server::accept);
        return server;
    }

    /// What a client needs to read an export.
    public URI uri(String export) {
        return uris.apply(export);
    }

    /// How many connections there are, also those that have not chosen an export yet.
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (true) {
            try {
                take(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A connection could not be taken: {}", e.toString());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void take(SocketChannel channel) throws IOException {
        if (!free.tryAcquire()) {
            LOG.debug("A connection was refused: there are {} already.", limits.connectionsMax());
            channel.close();
            return;
        }
        Connection connection = new Connection(channel, exports, limits, alarms, pieces, threads);
        connections.add(connection);
        boolean running = false;
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            receivers.execute(() -> run(connection));
            running = true;
        } catch (RejectedExecutionException e) {
            LOG.debug("A connection came while the server was being closed.");
        } finally {
            if (!running) {
                ended(connection);
            } else if (closed) {
                connection.close();
            }
        }
    }

    private void run(Connection connection) {
        try {
            connection.run();
        } finally {
            ended(connection);
        }
    }

    private void ended(Connection connection) {
        connection.close();
        connections.remove(connection);
        free.release();
    }

    /// Stops listening, ends all connections, and waits for the requests under way. The exports stay open.
    @Override
    public void close() throws IOException {
        closed = true;
        address.close();
        List.copyOf(connections).forEach(Connection::close);
        receivers.close();
        threads.close();
        alarms.close();
    }
}
