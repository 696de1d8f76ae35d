package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bytes of one connection. One thread receives; any may send, one whole message at a time.
final class Wire {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private static final int BUFFER_BYTES = 4096;

    private final ByteChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final ReentrantLock sending = new ReentrantLock();
    private final AtomicLong moved = new AtomicLong();

    Wire(ByteChannel channel) {
        this.channel = channel;
    }

    /// How many bytes went in either direction.
    long moved() {
        return moved.get();
    }

    /// Receives some bytes, and gives them in a buffer that is good until the next call.
    ///
    /// @param count at most 4096
    ByteBuffer receive(int count) throws ConnectionLostException {
        if (received.remaining() < count) {
            received.compact();
            while (received.position() < count) {
                fill(received);
            }
            received.flip();
        }
        ByteBuffer bytes = received.slice(received.position(), count);
        received.position(received.position() + count);
        return bytes;
    }

    byte[] receiveArray(int count) throws ConnectionLostException {
        ByteBuffer whole = ByteBuffer.allocate(count);
        receive(whole);
        return whole.array();
    }

    /// Fills the rest of a buffer.
    void receive(ByteBuffer buffer) throws ConnectionLostException {
        buffer.put(receive(Math.min(buffer.remaining(), received.remaining())));
        while (buffer.hasRemaining()) {
            fill(buffer);
        }
    }

    /// Whether something has been received that nobody has asked for yet.
    boolean hasMore() {
        return received.hasRemaining();
    }

    /// Receives bytes that nobody wants.
    void skip(long count) throws ConnectionLostException {
        for (long left = count; left > 0; left -= Math.min(left, BUFFER_BYTES)) {
            receive((int) Math.min(left, BUFFER_BYTES));
        }
    }

    private void fill(ByteBuffer buffer) throws ConnectionLostException {
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
        if (count < 0) {
            throw new ConnectionLostException("The other side has ended the connection.");
        }
        moved.addAndGet(count);
    }

    /// Sends a message, whole.
    void send(ByteBuffer message) throws ConnectionLostException {
        sending.lock();
        try {
            while (message.hasRemaining()) {
                moved.addAndGet(channel.write(message));
            }
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        } finally {
            sending.unlock();
        }
    }

    /// Ends the connection: whoever receives or sends finds it lost.
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed in order: {}", e.toString());
        }
    }

    /// A message that is sent in parts.
    @FunctionalInterface
    interface Parts {
        void send() throws IOException, DatastoreException;
    }

    /// Lets nobody else send meanwhile.
    void together(Parts parts) throws IOException, DatastoreException {
        sending.lock();
        try {
            parts.send();
        } finally {
            sending.unlock();
        }
    }
}
