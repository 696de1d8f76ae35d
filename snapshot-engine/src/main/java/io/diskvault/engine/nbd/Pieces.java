package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Buffers for the content of requests, each with room for a header before it, which are used again: the operating
/// system takes content out of them without another copy, and nobody clears them each time. Thread-safe.
final class Pieces {

    /// Smaller ones are made anew each time.
    private static final int POOLED_BYTES_MIN = 32 << 10;

    /// What is kept for later: 16 MiB.
    private static final int KEPT_MAX = 64;

    private final ConcurrentLinkedQueue<ByteBuffer> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /// How much memory a piece takes.
    static int memoryOf(int length) {
        return length < POOLED_BYTES_MIN ? length : NbdLimits.PIECE_BYTES;
    }

    /// A buffer for some bytes, which stands behind the room for a header.
    ///
    /// @param length at most [NbdLimits#PIECE_BYTES]
    ByteBuffer take(int length) {
        int end = Replies.ROOM_BYTES + length;
        if (length < POOLED_BYTES_MIN) {
            return ByteBuffer.allocate(end).position(Replies.ROOM_BYTES);
        }
        ByteBuffer known = kept.poll();
        if (known == null) {
            known = ByteBuffer.allocateDirect(Replies.ROOM_BYTES + NbdLimits.PIECE_BYTES);
        } else {
            count.decrementAndGet();
        }
        return known.clear().limit(end).position(Replies.ROOM_BYTES);
    }

    /// Takes a buffer back that nobody uses any more.
    void giveBack(ByteBuffer piece) {
        if (piece.isDirect() && count.get() < KEPT_MAX) {
            count.incrementAndGet();
            kept.add(piece);
        }
    }
}
