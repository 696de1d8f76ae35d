package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;

/// A connection over which nothing ever comes, until it is closed.
final class SilentChannel implements ByteChannel {

    private boolean open = true;

    @Override
    public synchronized int read(ByteBuffer into) throws AsynchronousCloseException {
        while (open) {
            try {
                wait();
            } catch (InterruptedException e) {
                open = false;
            }
        }
        throw new AsynchronousCloseException();
    }

    @Override
    public int write(ByteBuffer from) {
        int count = from.remaining();
        from.position(from.limit());
        return count;
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public synchronized void close() {
        open = false;
        notifyAll();
    }
}
