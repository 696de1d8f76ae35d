package io.diskvault.engine.nbd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

/// A client that sends what it has to say, a little at a time, and ends the connection; it takes every answer.
final class MemoryChannel implements ByteChannel {

    private final ByteBuffer toServer;
    private final int atOnce;
    private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
    private boolean open = true;

    /// @param atOnce how many bytes are received by one call
    MemoryChannel(byte[] toServer, int atOnce) {
        this.toServer = ByteBuffer.wrap(toServer);
        this.atOnce = atOnce;
    }

    /// What a connection answers to a client that sends all this.
    static Answers answers(Exports exports, Script script) {
        return new Answers(run(exports, script.toBytes(), 1000).answered());
    }

    static MemoryChannel run(Exports exports, byte[] toServer, int atOnce) {
        MemoryChannel channel = new MemoryChannel(toServer, atOnce);
        new Connection(channel, exports, NbdLimits.DEFAULT, new ManualAlarms(), new Pieces(), Runnable::run).run();
        return channel;
    }

    byte[] answered() {
        return fromServer.toByteArray();
    }

    /// Whether there is something that the server never looked at.
    boolean hasUnread() {
        return toServer.hasRemaining();
    }

    @Override
    public int read(ByteBuffer into) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (!toServer.hasRemaining()) {
            return -1;
        }
        int count = Math.min(atOnce, Math.min(into.remaining(), toServer.remaining()));
        into.put(toServer.slice(toServer.position(), count));
        toServer.position(toServer.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int count = Math.min(from.remaining(), 10_000);
        byte[] bytes = new byte[count];
        from.get(bytes);
        fromServer.writeBytes(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
