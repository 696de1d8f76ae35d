package io.diskvault.engine.nbd;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// A disk that somebody else serves over NBD on a unix domain socket. Several threads are served over several
/// connections, if the server allows that. Must be closed.
public final class NbdDisk implements DiskSource {

    /// How long a server may take for an answer. A disk that sleeps, or is busy with others, takes seconds.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// No disk is larger that anybody has; a hostile image can say that it is.
    static final long SIZE_MAX = 1L << 50;

    private static final int REQUEST_BYTES = 4 << 20;

    /// Where data is, is asked for in stretches of this length.
    private static final int ALLOCATION_BYTES = 1 << 30;

    /// What is done over a connection.
    @FunctionalInterface
    private interface Use<R> {
        R with(NbdClient client) throws IOException;
    }

    private final Path socket;
    private final String export;
    private final Alarms alarms;
    private final Agreement agreement;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<NbdClient> idle = new ConcurrentLinkedDeque<>();

    /// The last answer. Whoever asks goes through the disk from its start to its end.
    private volatile Requests.Allocation known;

    private NbdDisk(Path socket, String export, int connectionsMax, Alarms alarms) throws IOException {
        this.socket = socket;
        this.export = export;
        this.alarms = alarms;
        NbdClient first = NbdClient.connect(socket, export, alarms, PATIENCE);
        this.agreement = first.agreement();
        // It stays until the end: a server may be one that ends when nobody is connected any more.
        this.idle.add(first);
        this.free = new Semaphore(agreement.manyConnections() ? connectionsMax : 1);
        this.known = new Requests.Allocation(0, 0, List.of());
        if (agreement.sizeBytes() > SIZE_MAX) {
            first.abandon();
            throw new ProtocolException("The disk says that it has " + agreement.sizeBytes()
                    + " bytes. Disks of more than " + SIZE_MAX + " are not taken.");
        }
    }

    /// @param export the name by which the server has it; may be empty
    /// @param connectionsMax how many connections there may be, if the server allows several
    public static NbdDisk open(Path socket, String export, int connectionsMax) throws IOException {
        Alarms alarms = Alarms.ofMachine();
        try {
            return new NbdDisk(socket, export, connectionsMax, alarms);
        } catch (IOException | RuntimeException e) {
            alarms.close();
            throw e;
        }
    }

    @Override
    public long sizeBytes() {
        return agreement.sizeBytes();
    }

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        if (agreement.allocation().isEmpty()) {
            return offset < sizeBytes() ? Optional.of(new Extent(offset, sizeBytes() - offset)) : Optional.empty();
        }
        long at = offset;
        while (at < sizeBytes()) {
            Requests.Allocation allocation = allocation(at);
            for (Extent data : allocation.data()) {
                if (data.end() > at) {
                    long start = Math.max(at, data.offset());
                    return Optional.of(new Extent(start, data.end() - start));
                }
            }
            at = allocation.to();
        }
        return Optional.empty();
    }

    private Requests.Allocation allocation(long offset) throws IOException {
        Requests.Allocation last = known;
        if (last.from() <= offset && offset < last.to()) {
            return last;
        }
        int length = (int) Math.min(ALLOCATION_BYTES, sizeBytes() - offset);
        Requests.Allocation next = use(client -> client.allocation(offset, length));
        known = next;
        return next;
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        int end = into.limit();
        long at = offset;
        while (into.position() < end) {
            long from = at;
            int length = Math.min(REQUEST_BYTES, end - into.position());
            ByteBuffer part = into.slice(into.position(), length);
            use(client -> {
                client.read(part, from);
                return part;
            });
            into.position(into.position() + length);
            at += length;
        }
    }

    /// A server does not tell.
    @Override
    public boolean changedSinceOpened() {
        return false;
    }

    private <R> R use(Use<R> use) throws IOException {
        free.acquireUninterruptibly();
        try {
            NbdClient waiting = idle.pollFirst();
            NbdClient client = waiting == null ? NbdClient.connect(socket, export, alarms, PATIENCE) : waiting;
            boolean sound = false;
            try {
                R result = use.with(client);
                sound = true;
                return result;
            } catch (ServerError e) {
                sound = true;
                throw e;
            } finally {
                if (sound) {
                    idle.addFirst(client);
                } else {
                    client.abandon();
                }
            }
        } finally {
            free.release();
        }
    }

    /// To be called when nobody reads any more.
    @Override
    public void close() throws IOException {
        try {
            for (NbdClient client = idle.pollFirst(); client != null; client = idle.pollFirst()) {
                client.close();
            }
        } finally {
            alarms.close();
        }
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
