package io.diskvault.link;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// A part of a recovery point's file on its way to somebody, read piece by piece as fast as it is taken. Before each
/// piece it asks whether it may go on. One thread reads; any may close.
public final class PointStream extends InputStream {
    private final ImageLayout layout;
    private final ImageLayout.Disk disk;
    private final BooleanSupplier mayGoOn;
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final byte[] piece;
    private long position;
    private long remaining;
    private int given;
    private int filled;

    /// @param pieceBytes pieces end at multiples of it
    /// @param position where in the file it starts
    /// @param length how much it gives
    /// @param mayGoOn whether the next piece may be given
    /// @param end is run once, when it is closed
    PointStream(
            ImageLayout layout,
            ImageLayout.Disk disk,
            int pieceBytes,
            long position,
            long length,
            BooleanSupplier mayGoOn,
            Runnable end) {
        this.layout = layout;
        this.disk = disk;
        this.piece = new byte[pieceBytes];
        this.position = position;
        this.remaining = length;
        this.mayGoOn = mayGoOn;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == filled && !fill()) {
            return -1;
        }
        int bytes = Math.min(length, filled - given);
        System.arraycopy(piece, given, into, offset, bytes);
        given += bytes;
        return bytes;
    }

    private boolean fill() throws IOException {
        if (remaining == 0) {
            return false;
        }
        if (!mayGoOn.getAsBoolean()) {
            throw new IOException("A transfer was ended: its link does not count any more.");
        }
        int bytes = (int) Math.min(remaining, piece.length - position % piece.length);
        try {
            layout.read(disk, position, ByteBuffer.wrap(piece, 0, bytes));
        } catch (DatastoreException damaged) {
            throw new IOException(damaged);
        }
        position += bytes;
        remaining -= bytes;
        given = 0;
        filled = bytes;
        return true;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.run();
        }
    }
}
