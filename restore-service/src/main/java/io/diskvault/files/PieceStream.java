package io.diskvault.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// Bytes that are made piece by piece, as fast as they are taken. One thread reads; any may close.
abstract class PieceStream extends InputStream {
    private final Runnable end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private byte[] piece = {};
    private int given;

    /// @param end is run once, when it is closed
    PieceStream(Runnable end) {
        this.end = end;
    }

    /// The next bytes; none at the end.
    abstract byte[] next() throws IOException;

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
        if (given == piece.length) {
            piece = next();
            given = 0;
            if (piece.length == 0) {
                return -1;
            }
        }
        int bytes = Math.min(length, piece.length - given);
        System.arraycopy(piece, given, into, offset, bytes);
        given += bytes;
        return bytes;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.run();
        }
    }
}
