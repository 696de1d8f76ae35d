package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A disk as its manifest describes it, to be read anywhere and in any order. Thread-safe.
///
/// Nothing is read before it is needed, so that the size of the disk does not matter. Nodes of the manifest and
/// chunks that were read in part are kept, the last ones used. Every chunk is checked as in a restore, each time
/// that it is read from the datastore.
public final class ManifestDisk implements AutoCloseable {

    /// Up to 6 KiB each in memory; with chunks of 64 KiB one leaf stands for 4 MiB of the disk.
    private static final int NODES_KEPT = 1024;

    /// For those who read less than a chunk at a time, or one after the other. Other whole chunks go past it.
    private static final int CHUNK_BYTES_KEPT = 16 << 20;

    private final Manifest manifest;
    private final ManifestShape shape;
    private final String subject;
    private final RestoreWorkers workers;
    private final RecentlyUsed<ManifestNode> nodes = new RecentlyUsed<>(NODES_KEPT);
    private final KeptChunks chunks;
    private final ReadAhead ahead;
    private final AtomicInteger reading = new AtomicInteger();

    /// @param subject what is being read, for messages about damage
    /// @param most how many chunks may be read, decrypted and decompressed at a time
    public ManifestDisk(Manifest manifest, String subject, Supplier<RestoreWorker> factory, int most) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.subject = subject;
        this.workers = new RestoreWorkers(factory, most);
        this.chunks = new KeptChunks(Math.max(1, CHUNK_BYTES_KEPT / shape.blockBytes()), shape.blockBytes());
        this.ahead = new ReadAhead(this::keep, shape.blockBytes(), shape.blockCount(), Math.max(1, most / 2));
    }

    /// Fills the rest of a buffer from an offset; holes read as zeros.
    ///
    /// @throws CorruptDatastoreException when anything of it is damaged or missing
    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
        boolean alone = reading.incrementAndGet() == 1;
        try {
            ahead.reading(offset, offset + into.remaining(), alone);
            readNow(offset, into);
        } finally {
            reading.decrementAndGet();
        }
    }

    private void readNow(long offset, ByteBuffer into) throws IOException, DatastoreException {
        LeafWalk walk = walk();
        long at = offset;
        while (into.hasRemaining()) {
            long leaf = at / shape.leafBytes();
            int count = (int) Math.min(into.remaining(), (leaf + 1) * shape.leafBytes() - at);
            Optional<ManifestNode> node = leaf(walk, leaf);
            if (node.isPresent()) {
                read(node.get(), at, count, into);
            } else {
                putZeros(into, count);
            }
            at += count;
        }
    }

    private Optional<ManifestNode> leaf(LeafWalk walk, long number) throws IOException, DatastoreException {
        try {
            Optional<ChunkId> id = walk.leaf(number);
            return id.isPresent() ? Optional.of(node(id.get(), 0)) : Optional.empty();
        } catch (CorruptDatastoreException e) {
            throw e.within(range(number * shape.leafBytes(), shape.leafBytes()));
        }
    }

    private String range(long position, long length) {
        return subject + ", bytes " + position + " to " + Math.min(position + length, shape.diskBytes());
    }

    private void read(ManifestNode leaf, long offset, int count, ByteBuffer into)
            throws IOException, DatastoreException {
        long at = offset;
        while (at < offset + count) {
            long block = at / shape.blockBytes();
            int start = (int) (at % shape.blockBytes());
            int length = (int) Math.min(offset + count - at, shape.blockLength(block) - start);
            Optional<ChunkId> chunk = leaf.child((int) (block % ManifestShape.FANOUT));
            if (chunk.isEmpty()) {
                putZeros(into, length);
            } else {
                try {
                    put(chunk.get(), shape.blockLength(block), start, length, into);
                } catch (CorruptDatastoreException e) {
                    throw e.within(range(block * shape.blockBytes(), shape.blockBytes()));
                }
            }
            at += length;
        }
    }

    /// Puts a part of a chunk into a buffer.
    private void put(ChunkId chunk, int blockLength, int start, int length, ByteBuffer into)
            throws IOException, DatastoreException {
        if (length < blockLength) {
            chunks.use(chunk, blockLength, load(chunk, blockLength), content -> into.put(content, start, length));
        } else if (!chunks.useKnown(chunk, blockLength, content -> into.put(content, 0, length))) {
            workers.use(worker -> readWhole(worker, chunk, into.slice(into.position(), length)));
            into.position(into.position() + length);
        }
    }

    /// Reads a block for those who will ask for it.
    private void keep(long block) throws IOException, DatastoreException {
        Optional<ChunkId> chunk = leaf(walk(), block / ManifestShape.FANOUT)
                .flatMap(leaf -> leaf.child((int) (block % ManifestShape.FANOUT)));
        if (chunk.isPresent()) {
            int length = shape.blockLength(block);
            chunks.use(chunk.get(), length, load(chunk.get(), length), _ -> {});
        }
    }

    private KeptChunks.Loader load(ChunkId chunk, int length) {
        return into -> workers.use(worker -> readWhole(worker, chunk, ByteBuffer.wrap(into, 0, length)));
    }

    static int readWhole(RestoreWorker worker, ChunkId chunk, ByteBuffer into) throws IOException, DatastoreException {
        int length = into.remaining();
        int found = worker.chunks.read(chunk, into);
        if (found != length) {
            throw new CorruptDatastoreException(
                    "Chunk " + chunk + " has " + found + " bytes where the disk needs " + length + ".");
        }
        return found;
    }

    private static void putZeros(ByteBuffer into, int count) {
        MemorySegment.ofBuffer(into).asSlice(0, count).fill((byte) 0);
        into.position(into.position() + count);
    }

    /// The first stretch of data in a range, in whole blocks as far as the range goes; empty when the range holds
    /// nothing but holes. From the manifest alone: no content is read.
    ///
    /// @param to where the range ends; not beyond the end of the disk
    public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
        if (from >= to) {
            return Optional.empty();
        }
        LeafWalk walk = walk();
        long limit = Math.ceilDiv(to, shape.blockBytes());
        long first = firstPresent(walk, from / shape.blockBytes(), limit);
        if (first >= limit) {
            return Optional.empty();
        }
        long end = firstAbsent(walk, first, limit);
        long start = Math.max(from, first * shape.blockBytes());
        return Optional.of(new Extent(start, Math.min(to, end * shape.blockBytes()) - start));
    }

    /// The first block at or after one that is there, or something beyond the limit.
    private long firstPresent(LeafWalk walk, long from, long limit) throws IOException, DatastoreException {
        long block = from;
        while (block < limit) {
            Optional<LeafWalk.Leaf> next = firstLeaf(walk, block / ManifestShape.FANOUT);
            long first = next.map(leaf -> leaf.number() * ManifestShape.FANOUT).orElse(limit);
            if (first >= limit) {
                return limit;
            }
            int slot = (int) Math.max(0, block - first);
            int found = leaf(walk, first / ManifestShape.FANOUT).orElseThrow().nextPresent(slot);
            block = first + found;
            if (found < ManifestShape.FANOUT) {
                return block;
            }
        }
        return block;
    }

    private Optional<LeafWalk.Leaf> firstLeaf(LeafWalk walk, long number) throws IOException, DatastoreException {
        try {
            return walk.firstFrom(number);
        } catch (CorruptDatastoreException e) {
            throw e.within(subject + ", somewhere from byte " + number * shape.leafBytes() + " on");
        }
    }

    /// The first block after one that is there that is not; the limit when there is none before.
    private long firstAbsent(LeafWalk walk, long from, long limit) throws IOException, DatastoreException {
        long block = from;
        while (block < limit) {
            Optional<ManifestNode> leaf = leaf(walk, block / ManifestShape.FANOUT);
            if (leaf.isEmpty()) {
                return block;
            }
            int slot = (int) (block % ManifestShape.FANOUT);
            int found = leaf.get().nextAbsent(slot);
            block += found - slot;
            if (found < ManifestShape.FANOUT) {
                return block;
            }
        }
        return limit;
    }

    private LeafWalk walk() {
        return manifest.walk(this::node);
    }

    private ManifestNode node(ChunkId id, int level) throws IOException, DatastoreException {
        return nodes.get(id, () -> workers.use(worker -> worker.nodes.read(id, level)));
    }

    /// To be called when nobody reads any more.
    @Override
    public void close() throws IOException {
        ahead.close();
        workers.close();
    }
}
