package io.diskvault.engine.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/// A disk that somebody else serves over NBD on a unix domain socket, to be written. For one thread at a time; must
/// be closed.
public final class NbdWriter implements Closeable {

    /// How long a server may take for an answer: making durable what it has in memory can take a slow disk minutes.
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final int REQUEST_BYTES = 4 << 20;

    private final Alarms alarms;
    private final NbdClient client;
    private boolean closed;

    private NbdWriter(Alarms alarms, NbdClient client) {
        this.alarms = alarms;
        this.client = client;
    }

    /// @param export the name by which the server has it; may be empty
    public static NbdWriter open(Path socket, String export) throws IOException {
        Alarms alarms = Alarms.ofMachine();
        boolean opened = false;
        try {
            NbdClient client = NbdClient.connect(socket, export, alarms, PATIENCE);
            if (client.agreement().readOnly()) {
                client.abandon();
                throw new ProtocolException("The NBD server does not let its disk be written.");
            }
            opened = true;
            return new NbdWriter(alarms, client);
        } finally {
            if (!opened) {
                alarms.close();
            }
        }
    }

    public long sizeBytes() {
        return client.agreement().sizeBytes();
    }

    /// Writes all remaining bytes of a buffer at an offset.
    public void write(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            int length = Math.min(REQUEST_BYTES, bytes.remaining());
            client.write(bytes.slice(bytes.position(), length), at);
            bytes.position(bytes.position() + length);
            at += length;
        }
    }

    /// Makes durable what was written.
    public void flush() throws IOException {
        client.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                client.close();
            } finally {
                alarms.close();
            }
        }
    }
}
