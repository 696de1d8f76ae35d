package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has blocks read before they are asked for, for those who go through a disk in order and ask for a little at a time.
/// Who has many requests under way keeps all processors busy without that, and is left alone. Thread-safe.
final class ReadAhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    /// How much is read before it is asked for, in each stream.
    private static final int BYTES_AHEAD = 1 << 20;

    /// How many places of a disk may be gone through at a time.
    private static final int STREAMS_MAX = 4;

    /// How often somebody must have gone on where the last read ended before it counts as a habit.
    private static final int READS_MIN = 2;

    /// Reads a block to where a later read finds it.
    @FunctionalInterface
    interface Fetch {
        void block(long block) throws IOException, DatastoreException;
    }

    /// One place that somebody goes through.
    private static final class Stream {
        private long end;
        private int reads;

        /// The first block that nobody has begun to read ahead.
        private long next;

        /// The first block that is not to be read yet.
        private long limit;
    }

    private final Fetch fetch;
    private final int blockBytes;
    private final long blockCount;
    private final int blocksAhead;
    private final int threads;
    private final Semaphore free;

    /// The one that was used last comes first.
    private final Deque<Stream> streams = new ArrayDeque<>();

    /// @param threads how many blocks may be read ahead at the same time
    ReadAhead(Fetch fetch, int blockBytes, long blockCount, int threads) {
        this.fetch = fetch;
        this.blockBytes = blockBytes;
        this.blockCount = blockCount;
        this.blocksAhead = Math.max(1, BYTES_AHEAD / blockBytes);
        this.threads = threads;
        this.free = new Semaphore(threads);
    }

    /// To be told of every read before it begins.
    ///
    /// @param alone whether nobody else is reading
    void reading(long from, long to, boolean alone) {
        Optional<Stream> stream = habit(from, to);
        if (alone && stream.isPresent()) {
            start(stream.get());
        }
    }

    private void start(Stream stream) {
        // Those who run already go on with what has been added, and who is just ending looks once more.
        for (int i = 0; i < threads && free.tryAcquire(); i++) {
            Thread.ofVirtual().name("read-ahead").start(() -> {
                try {
                    run(stream);
                } finally {
                    free.release();
                }
                if (hasWork(stream)) {
                    start(stream);
                }
            });
        }
    }

    private void run(Stream stream) {
        try {
            for (OptionalLong block = next(stream); block.isPresent(); block = next(stream)) {
                fetch.block(block.getAsLong());
            }
        } catch (IOException | DatastoreException e) {
            // Whoever comes there reads it again, and is told.
            LOG.debug("Not read ahead: {}", e.getMessage());
            giveUp(stream);
        }
    }

    private synchronized void giveUp(Stream stream) {
        stream.limit = 0;
    }

    private synchronized boolean hasWork(Stream stream) {
        return stream.next < stream.limit;
    }

    private synchronized OptionalLong next(Stream stream) {
        return stream.next < stream.limit ? OptionalLong.of(stream.next++) : OptionalLong.empty();
    }

    /// The stream that a read goes on with, when it is not the first time, and there is something to be read ahead.
    private synchronized Optional<Stream> habit(long from, long to) {
        Stream stream = takeStream(from);
        streams.addFirst(stream);
        stream.end = to;
        stream.reads++;
        if (stream.reads < READS_MIN) {
            return Optional.empty();
        }
        long after = Math.ceilDiv(to, blockBytes);
        stream.next = Math.max(stream.next, after);
        stream.limit = Math.min(blockCount, after + blocksAhead);
        return stream.next < stream.limit ? Optional.of(stream) : Optional.empty();
    }

    private Stream takeStream(long from) {
        for (Iterator<Stream> known = streams.iterator(); known.hasNext(); ) {
            Stream stream = known.next();
            if (stream.end == from) {
                known.remove();
                return stream;
            }
        }
        if (streams.size() == STREAMS_MAX) {
            streams.removeLast();
        }
        return new Stream();
    }

    /// Waits for what runs. To be called when nobody reads any more.
    @Override
    public void close() {
        synchronized (this) {
            streams.forEach(stream -> stream.limit = 0);
        }
        free.acquireUninterruptibly(threads);
    }
}
